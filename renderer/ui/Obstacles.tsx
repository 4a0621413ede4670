import { Alert, Anchor, Modal, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { formatCount } from './format.ts'
import type { ObstacleRow } from './obstacle-text.ts'
import { ObstacleTable } from './ObstacleTable.tsx'

interface Props {
  readonly check: {
    /** The first ones. */
    readonly obstacles: readonly ObstacleRow[]
    readonly obstacleCount: number
  }
}

/** Who of the selection will not get this mail, and why. */
export function Obstacles({ check }: Props) {
  const [isOpen, { open, close }] = useDisclosure(false)
  const { obstacles, obstacleCount } = check
  if (obstacleCount === 0) return null
  return (
    <>
      <Alert color="yellow" p="xs" role="status">
        <Text size="sm">
          {formatCount(obstacleCount, 'lead')} will be left out.{' '}
          <Anchor component="button" type="button" size="sm" underline="always" c="inherit" onClick={open}>
            Who and why
          </Anchor>
        </Text>
      </Alert>
      <Modal opened={isOpen} onClose={close} title={`${formatCount(obstacleCount, 'lead')} left out`} size="lg">
        <ObstacleTable obstacles={obstacles} count={obstacleCount} />
      </Modal>
    </>
  )
}

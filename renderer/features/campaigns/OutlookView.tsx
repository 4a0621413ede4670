import { Alert, Text } from '@mantine/core'
import type { OutputAt } from '../../api/paths.ts'
import { formatCount } from '../../ui/format.ts'
import { ObstacleTable } from '../../ui/ObstacleTable.tsx'
import { Plan } from '../../ui/Plan.tsx'
import styles from './campaigns.module.css'

/** How many can be written to, who not and why, when the mails go, and what moves for them. */
export function OutlookView({ outlook }: { readonly outlook: OutputAt<'campaigns.check'> }) {
  const { ready, obstacles, obstacleCount, plan, moved } = outlook
  return (
    <>
      <Text size="sm" role="status">
        <b>{formatCount(ready, 'person', 'people')}</b> can be written to.
      </Text>
      {obstacleCount === 0 ? null : (
        <Alert color="yellow" p="xs">
          <details className={styles['obstacles']}>
            <summary>{formatCount(obstacleCount, 'lead')} cannot: who and why</summary>
            <ObstacleTable obstacles={obstacles} count={obstacleCount} />
          </details>
        </Alert>
      )}
      {ready === 0 ? null : <Plan plan={plan} moved={moved} />}
    </>
  )
}

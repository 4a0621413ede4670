import { Text } from '@mantine/core'
import { formatCount } from './format.ts'
import { obstacleText, type ObstacleRow } from './obstacle-text.ts'
import styles from './Obstacles.module.css'

interface Props {
  /** The first ones. */
  readonly obstacles: readonly ObstacleRow[]
  readonly count: number
}

/** Leads that will get no mail, each with its reason. */
export function ObstacleTable({ obstacles, count }: Props) {
  return (
    <>
      <table className={styles['obstacles']}>
        <thead>
          <tr>
            <th scope="col">Lead</th>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {obstacles.map((obstacle) => (
            <tr key={obstacle.leadId}>
              <td>
                {obstacle.leadName === '' ? obstacle.to : obstacle.leadName}
                {obstacle.leadName === '' ? null : <span className={styles['second']}>{obstacle.to}</span>}
              </td>
              <td>{obstacleText(obstacle)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {count > obstacles.length ? (
        <Text size="sm" c="dimmed" mt="sm">
          And {formatCount(count - obstacles.length, 'more lead')}.
        </Text>
      ) : null}
    </>
  )
}

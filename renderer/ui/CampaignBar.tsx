import { Progress } from '@mantine/core'
import { isAllSent, type CampaignProgress } from './campaign-progress.ts'

interface Props {
  readonly progress: CampaignProgress
  readonly label: string
  readonly size: string
}

/** Sent, failed, uncertain and stopped mails side by side; what is left empty still waits. */
export function CampaignBar({ progress, label, size }: Props) {
  const share = (count: number) => (progress.total === 0 ? 0 : (100 * count) / progress.total)
  const parts = [
    { color: isAllSent(progress) ? 'green' : 'indigo', count: progress.sent },
    { color: 'red', count: progress.failed },
    { color: 'yellow', count: progress.uncertain },
    { color: 'gray.5', count: progress.skipped + progress.cancelled },
  ]
  return (
    <Progress.Root size={size} my={6} flex={1}>
      {parts.map(({ color, count }) => (
        <Progress.Section
          key={color}
          value={share(count)}
          color={color}
          {...(color === parts[0]?.color
            ? { 'aria-label': label, 'aria-valuetext': `${progress.sent} of ${progress.total} sent` }
            : { withAria: false, 'aria-hidden': true })}
        />
      ))}
    </Progress.Root>
  )
}

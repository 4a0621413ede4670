import { Anchor, Button, Stack } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { CircleHelp, Eye, HardDrive, PauseCircle, Unplug } from 'lucide-react'
import { formatCount, formatWhen } from '../ui/format.ts'
import { useNow } from '../ui/use-now.ts'
import { Banner } from './Banner.tsx'
import { CrashBanner } from './CrashBanner.tsx'
import { HeldLists } from './HeldLists.tsx'
import { StoppedMailboxes } from './StoppedMailboxes.tsx'
import type { AppStatusView } from './use-app-status.ts'

interface Props {
  readonly view: AppStatusView
  readonly isLost: boolean
}

/** What the rep should know on every page, one line each, the most urgent first. */
export function Banners({ view, isLost }: Props) {
  const { status } = view
  const now = useNow()
  return (
    <Stack gap="xs" className="banners" aria-live="polite">
      {isLost ? (
        <Banner color="yellow" icon={<Unplug size={18} aria-hidden />}>
          Pacemail is not answering. What you see may be old. This page connects again by itself; if you started
          Pacemail anew, open the address it printed.
        </Banner>
      ) : null}
      {status?.role === 'viewer' ? <ViewerBanner view={view} /> : null}
      {status?.isDiskFull === true ? (
        <Banner color="red" icon={<HardDrive size={18} aria-hidden />}>
          The disk is nearly full, so sending waits. Nothing is lost; free some space, and it goes on by itself within a
          minute.
        </Banner>
      ) : null}
      {status?.role === 'owner' ? <CrashBanner now={now} /> : null}
      {status?.isPaused === true ? (
        <Banner color="yellow" icon={<PauseCircle size={18} aria-hidden />}>
          Everything is paused.{' '}
          {status.waiting > 0 ? `${formatCount(status.waiting, 'mail')} in the queue; none will go` : 'Nothing will go'}{' '}
          {status.pausedUntil === null
            ? 'until you press Resume.'
            : `until ${formatWhen(status.pausedUntil, now)}, or until you press Resume.`}
        </Banner>
      ) : null}
      {status !== undefined && status.uncertain > 0 ? (
        <Banner color="yellow" icon={<CircleHelp size={18} aria-hidden />}>
          {formatCount(status.uncertain, 'mail')} may or may not have been sent. Pacemail never sends such mail again by
          itself.{' '}
          <Anchor
            inherit
            c="inherit"
            underline="always"
            renderRoot={(props) => <Link to="/queue" search={{ status: 'uncertain' }} {...props} />}
          >
            Decide what to do
          </Anchor>
        </Banner>
      ) : null}
      {status?.role === 'owner' ? <StoppedMailboxes /> : null}
      {status === undefined ? null : <HeldLists canRelease={status.role === 'owner'} />}
    </Stack>
  )
}

function ViewerBanner({ view }: { readonly view: AppStatusView }) {
  return (
    <Banner
      color="indigo"
      icon={<Eye size={18} aria-hidden />}
      action={
        <Button size="compact-sm" variant="default" loading={view.isTakingOver} onClick={view.takeOver}>
          Take over
        </Button>
      }
    >
      Another Pacemail on this computer is sending from this data. You can look around here; to change things, use that
      one, or end it and take over.
    </Banner>
  )
}

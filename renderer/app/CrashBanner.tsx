import { Anchor, CloseButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { TriangleAlert } from 'lucide-react'
import { useApi, useCall } from '../api/hooks.ts'
import { formatWhen } from '../ui/format.ts'
import { Banner } from './Banner.tsx'

/** After a crash, once: when it was, that all is well, and where to read more. */
export function CrashBanner({ now }: { readonly now: number }) {
  const { data } = useApi('reports.list', {})
  const { mutate: seen } = useCall('reports.seen', { quiet: true })
  if (data?.crashedAt == null) return null
  return (
    <Banner
      color="yellow"
      icon={<TriangleAlert size={18} aria-hidden />}
      action={<CloseButton aria-label="Hide this line" onClick={() => seen({})} />}
    >
      Pacemail crashed ({formatWhen(data.crashedAt, now)}) and is back. Your data is kept, and no mail goes twice.{' '}
      <Anchor
        inherit
        c="inherit"
        underline="always"
        renderRoot={(props) => (
          <Link to="/settings" search={{ section: 'reports' }} {...props} onClick={() => seen({})} />
        )}
      >
        See the report
      </Anchor>
    </Banner>
  )
}

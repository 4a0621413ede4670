import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { PipelineRunId } from '#shared/domain/ids'
import { Page } from '../../ui/Page.tsx'
import { WayBack } from '../../ui/WayBack.tsx'
import { RunList } from './RunList.tsx'
import { RunView } from './RunView.tsx'

/** From lists of companies and people to leads, in steps. */
export function FindLeadsPage() {
  const { run }: { readonly run?: number } = useSearch({ strict: false })
  const navigate = useNavigate()
  const open = (runId: PipelineRunId | null): void =>
    void navigate({ to: '/leads/find', search: runId === null ? {} : { run: runId } })
  return (
    <Page
      title="Find leads"
      description="From your own lists and files, in steps that you can repeat and stop. Nothing is taken from the web, and nobody is contacted."
      back={
        <WayBack>
          <Link to="/leads">All leads</Link>
        </WayBack>
      }
    >
      {run === undefined ? (
        <RunList onOpen={open} />
      ) : (
        <RunView key={run} runId={run as PipelineRunId} onLeave={() => open(null)} />
      )}
    </Page>
  )
}

import { Button } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import type { PipelineRunId } from '#shared/domain/ids'
import { Page } from '../../ui/Page.tsx'
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
      actions={
        <Button component={Link} to="/leads" variant="default" leftSection={<ArrowLeft size={16} aria-hidden />}>
          Back to the leads
        </Button>
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

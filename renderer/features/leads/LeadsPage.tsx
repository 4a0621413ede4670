import { Button, Skeleton } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { Download, FileUp, SearchCheck, UserPlus, Users } from 'lucide-react'
import type { LeadId } from '#shared/domain/ids'
import { useCall } from '../../api/hooks.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Page } from '../../ui/Page.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { countLeads } from './lead-words.ts'
import { LeadsWorkspace } from './LeadsWorkspace.tsx'
import { useFilters } from './use-filters.ts'
import { useLeadFacets } from './use-lead-facets.ts'
import { useLeadReads } from './use-lead-reads.ts'
import { useAnsweredQuery } from './use-lead-window.ts'
import { useLinkedLead } from './use-linked-lead.ts'

/** Everybody the rep may write to: search, review, edit. */
export function LeadsPage() {
  const { leadId, isFinding } = useLinkedLead()
  return isFinding ? (
    <Page title="Leads" isFull>
      <Skeleton h={320} />
    </Page>
  ) : (
    <Leads linkedId={leadId} />
  )
}

function Leads({ linkedId }: { readonly linkedId: LeadId | null }) {
  const filters = useFilters()
  const { facets, isKnown } = useLeadFacets()
  const answered = useAnsweredQuery(filters.wanted)
  const reads = useLeadReads()

  if (isKnown && facets.total === 0) return <NoLeads />
  return (
    <Page
      title="Leads"
      isFull
      actions={
        <>
          <Button
            variant="default"
            leftSection={<Download size={16} aria-hidden />}
            loading={reads.isExporting}
            disabled={answered.total === 0}
            onClick={() => void reads.exportCsv(answered.shown.filter)}
          >
            Export {countLeads(answered.total)}
          </Button>
          <AddButton />
          <FindButton />
          <ImportButton />
        </>
      }
    >
      {answered.error === null ? (
        <LeadsWorkspace
          filters={filters}
          shown={answered.shown}
          facets={facets}
          isReady={!answered.isFirst}
          linkedId={linkedId}
        />
      ) : (
        <ErrorPanel error={answered.error} title="The leads could not be read" onRetry={answered.retry} />
      )}
    </Page>
  )
}

function NoLeads() {
  const samples = useCall('app.addSamples')
  return (
    <Page title="Leads">
      <EmptyState
        icon={<Users size={28} />}
        title="No leads yet"
        actions={
          <>
            <ImportButton />
            <FindButton />
            <AddButton />
            <Button component={Link} to="/leads/moving-in" variant="default">
              I am moving from another tool
            </Button>
            <Button variant="default" loading={samples.isPending} onClick={() => samples.mutate({})}>
              Try it with sample leads
            </Button>
          </>
        }
      >
        Leads are the people you may write to. Import a CSV or Excel file: Pacemail shows what it found before anything
        is kept. The samples are made up, and come with a practice mailbox that sends to nobody.
      </EmptyState>
    </Page>
  )
}

function FindButton() {
  return (
    <Button component={Link} to="/leads/find" variant="default" leftSection={<SearchCheck size={16} aria-hidden />}>
      Find leads
    </Button>
  )
}

function AddButton() {
  return (
    <Button component={Link} to="/leads/add" variant="default" leftSection={<UserPlus size={16} aria-hidden />}>
      Add one
    </Button>
  )
}

function ImportButton() {
  const navigate = useNavigate()
  useKeys([['i', () => void navigate({ to: '/leads/import' })]])
  return (
    <Button component={Link} to="/leads/import" title="I" leftSection={<FileUp size={16} aria-hidden />}>
      Import
    </Button>
  )
}

import { Button } from '@mantine/core'
import { SearchX } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { LeadId } from '#shared/domain/ids'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { LeadDetails } from './LeadDetails.tsx'
import { LeadFilters } from './LeadFilters.tsx'
import type { LeadQuery } from './lead-query.ts'
import { LeadsFoot } from './LeadsFoot.tsx'
import { ReviewMail } from './ReviewMail.tsx'
import { LeadsTable } from './LeadsTable.tsx'
import styles from './leads.module.css'
import type { Filters } from './use-filters.ts'
import type { LeadFacets } from './use-lead-facets.ts'
import { useLeadColumns } from './use-lead-columns.ts'
import { useLeadsDesk } from './use-leads-desk.ts'
import { usePanelLead } from './use-panel-lead.ts'

interface Props {
  readonly filters: Filters
  /** The question whose answer is shown. */
  readonly shown: LeadQuery
  readonly facets: LeadFacets
  /** The first answer has arrived. */
  readonly isReady: boolean
  /** The lead that another page has led to: the cursor stands on them, and their details are open. */
  readonly linkedId: LeadId | null
}

/** The table, its filters, and the details of one lead beside it. */
export function LeadsWorkspace({ filters, shown, facets, isReady, linkedId }: Props) {
  const [isOpen, setOpen] = useState(linkedId !== null)
  const [edits, setEdits] = useState(0)
  const [isTagging, setTagging] = useState(false)
  const search = useRef<HTMLInputElement>(null)
  const desk = useLeadsDesk(shown, { linkedId, onOpen: () => setOpen(true), onClose: () => setOpen(false) })
  const { isReviewing } = filters
  const columns = useLeadColumns()
  const panel = usePanelLead(desk, isOpen || isReviewing)
  const { board, grid } = desk
  const wasReviewing = useRef(isReviewing)
  useEffect(() => {
    if (wasReviewing.current && !isReviewing) grid.current?.focus()
    wasReviewing.current = isReviewing
  }, [isReviewing, grid])

  useKeys([
    ['j', () => board.moveTo(board.cursor.index + 1)],
    ['k', () => board.moveTo(board.cursor.index - 1)],
    ['a', () => desk.review('approved')],
    ['r', () => desk.review('rejected')],
    ['n', () => desk.review('new')],
    ['v', () => filters.setReviewing(!isReviewing)],
    ['x', () => board.toggleAt(board.cursor.index)],
    ['e', edit],
    ['t', tag],
    ['/', () => search.current?.focus()],
    ['mod+z', desk.actions.undo],
  ])

  function leaveReview(): void {
    setOpen(false)
    filters.setReviewing(false)
  }

  function edit(): void {
    setOpen(true)
    setEdits((count) => count + 1)
  }

  function tag(): void {
    if (board.chosenCount === 0) board.toggleAt(board.cursor.index)
    setTagging(true)
  }

  return (
    <>
      <LeadFilters
        filters={filters}
        facets={facets}
        search={search}
        table={grid}
        columns={columns.chosen}
        onColumns={columns.choose}
      />
      <div className={styles.body} data-reviewing={isReviewing || undefined}>
        {isReady && desk.window.total === 0 ? (
          <NothingFound filters={filters} />
        ) : isReviewing ? (
          <ReviewMail desk={desk} onLeave={leaveReview} />
        ) : (
          <LeadsTable
            desk={desk}
            filters={filters}
            shown={shown}
            columns={columns.chosen}
            onOpen={() => setOpen(true)}
          />
        )}
        <LeadDetails
          desk={desk}
          panel={panel}
          facets={facets}
          edits={edits}
          onClose={isReviewing ? leaveReview : () => setOpen(false)}
        />
      </div>
      <LeadsFoot desk={desk} facets={facets} isTagging={isTagging} onTagging={setTagging} />
    </>
  )
}

function NothingFound({ filters }: { readonly filters: Filters }) {
  const { filter } = filters.wanted
  const isReviewed = filter.review === 'new' && filter.search === '' && filter.tag === null && filter.written === null
  return (
    <div className={styles.nothing}>
      <EmptyState
        icon={<SearchX size={28} />}
        title={isReviewed ? 'Nothing left to review' : 'No lead matches'}
        actions={
          <Button variant="default" onClick={filters.clear}>
            Show all leads
          </Button>
        }
      >
        {isReviewed
          ? 'Every lead here is approved or rejected. Approved leads are ready to be dispatched.'
          : 'Try fewer words or another filter. The search looks at name, company, title, address and tags.'}
      </EmptyState>
    </div>
  )
}

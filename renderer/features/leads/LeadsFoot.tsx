import { useNavigate } from '@tanstack/react-router'
import { CHOOSE, type KeyHint, KeyHints, MOVE } from '../../ui/KeyHints.tsx'
import { BulkBar } from './BulkBar.tsx'
import type { LeadFacets } from './use-lead-facets.ts'
import type { LeadsDesk } from './use-leads-desk.ts'

const HINTS: readonly KeyHint[] = [
  MOVE,
  CHOOSE,
  { keys: ['a'], does: 'approve' },
  { keys: ['r'], does: 'reject' },
  { keys: ['n'], does: 'set back' },
  { keys: ['v'], does: 'with their mail' },
  { keys: ['e'], does: 'edit' },
  { keys: ['F2'], does: 'edit in the row' },
  { keys: ['t'], does: 'tags' },
  { keys: ['/'], does: 'search' },
  { keys: ['mod+z'], does: 'undo' },
]

interface Props {
  readonly desk: LeadsDesk
  readonly facets: LeadFacets
  readonly isTagging: boolean
  readonly onTagging: (isOpen: boolean) => void
}

/** The keys of this page, or what can be done with the chosen leads. */
export function LeadsFoot({ desk, facets, isTagging, onTagging }: Props) {
  const navigate = useNavigate()
  const { board, window, actions } = desk
  const target = board.target()
  if (board.chosenCount === 0) return <KeyHints hints={HINTS} />

  return (
    <BulkBar
      count={board.chosenCount}
      total={window.total}
      isByFilter={board.chosen.by === 'filter'}
      isTooMany={target === null}
      knownTags={facets.tags.map(({ tag }) => tag)}
      isTagging={isTagging}
      onTagging={onTagging}
      onReview={desk.review}
      onTag={(change) => {
        if (target !== null) actions.tag(target, change)
      }}
      onBasis={(ground) => {
        if (target !== null) actions.setBasis(target, ground)
      }}
      onRemove={desk.remove}
      onDispatch={() => {
        if (target !== null) void navigate({ to: '/dispatch', search: { selection: target } })
      }}
      onEnrol={(campaignId) => {
        if (target === null) return
        if (campaignId === null) void navigate({ to: '/campaigns/new', search: { selection: target } })
        else {
          const params = { id: String(campaignId) }
          void navigate({ to: '/campaigns/$id', params, search: { add: true, selection: target } })
        }
      }}
      onChooseAll={board.chooseAll}
      onClear={board.chooseNothing}
    />
  )
}

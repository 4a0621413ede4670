import { Button } from '@mantine/core'
import type { LeadReview } from '#shared/domain/taxonomy'
import { formatNumber } from '../../ui/format.ts'
import { useOpenCampaigns } from '../../api/use-open-campaigns.ts'
import { CampaignMenu } from '../../ui/CampaignMenu.tsx'
import { BasisMenu } from './BasisMenu.tsx'
import { countLeads } from './lead-words.ts'
import styles from './leads.module.css'
import { TagMenu } from './TagMenu.tsx'
import type { Ground, TagChange } from './use-lead-actions.ts'

interface Props {
  readonly count: number
  /** All that the filter finds; for "Choose all". */
  readonly total: number
  readonly isByFilter: boolean
  /** More single leads than one call may name. */
  readonly isTooMany: boolean
  readonly knownTags: readonly string[]
  readonly isTagging: boolean
  readonly onTagging: (isOpen: boolean) => void
  readonly onReview: (review: LeadReview) => void
  readonly onTag: (change: TagChange) => void
  readonly onBasis: (ground: Ground) => void
  readonly onRemove: () => void
  readonly onDispatch: () => void
  /** Null: into a campaign that is yet to be written. */
  readonly onEnrol: (campaignId: number | null) => void
  readonly onChooseAll: () => void
  readonly onClear: () => void
}

/** What can be done with the chosen leads. */
export function BulkBar(props: Props) {
  const { isTooMany: disabled } = props
  const campaigns = useOpenCampaigns()
  return (
    <section className={styles.bulk} aria-label="Chosen leads">
      <strong role="status">{choiceWords(props)}</strong>
      <Button.Group>
        <Button size="xs" variant="default" disabled={disabled} onClick={() => props.onReview('approved')}>
          Approve
        </Button>
        <Button size="xs" variant="default" disabled={disabled} onClick={() => props.onReview('rejected')}>
          Reject
        </Button>
        <Button size="xs" variant="default" disabled={disabled} onClick={() => props.onReview('new')}>
          Set back
        </Button>
      </Button.Group>
      <TagMenu
        isOpen={props.isTagging}
        onOpen={props.onTagging}
        knownTags={props.knownTags}
        isDisabled={disabled}
        onTag={props.onTag}
      />
      <BasisMenu isDisabled={disabled} onBasis={props.onBasis} />
      <Button size="xs" variant="default" disabled={disabled} onClick={props.onRemove}>
        Remove
      </Button>
      <Button size="xs" disabled={disabled} onClick={props.onDispatch}>
        Dispatch…
      </Button>
      <CampaignMenu label="Campaign…" size="xs" campaigns={campaigns} isDisabled={disabled} onChoose={props.onEnrol} />
      <span className={styles.push} />
      {props.count < props.total ? (
        <Button size="xs" variant="subtle" onClick={props.onChooseAll}>
          Choose all {formatNumber(props.total)}
        </Button>
      ) : null}
      <Button size="xs" variant="subtle" onClick={props.onClear}>
        Clear
      </Button>
    </section>
  )
}

function choiceWords({ count, total, isByFilter, isTooMany }: Props): string {
  if (isTooMany) return `${countLeads(count)} chosen one by one are too many at once. Choose fewer, or all of them.`
  if (isByFilter && count === total) return `All ${countLeads(total)} in this filter chosen`
  return `${countLeads(count)} chosen`
}

import { Anchor, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { formatCount } from '../../ui/format.ts'
import type { Recipients } from '../../ui/lead-choice.ts'
import { LeadChoice } from '../../ui/LeadChoice.tsx'
import type { Selection } from './dispatch-search.ts'
import type { Basics } from './use-dispatch.ts'

interface Props {
  readonly recipients: Recipients
  readonly onChange: (recipients: Recipients) => void
  readonly facets: Basics['facets']
  readonly handedOver: Selection | null
  readonly listed: number
}

/** Which leads: those handed over by another page, or the approved ones that a filter finds. */
export function RecipientFields({ recipients, onChange, facets, handedOver, listed }: Props) {
  if (handedOver !== null) {
    return (
      <Text size="sm">
        <b>{formatCount(listed, 'lead')}</b> chosen on another page.{' '}
        <Anchor component={Link} to="/dispatch" underline="always">
          Choose by filter instead
        </Anchor>
      </Text>
    )
  }
  return <LeadChoice recipients={recipients} onChange={onChange} facets={facets} />
}

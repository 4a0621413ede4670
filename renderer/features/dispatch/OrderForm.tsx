import { Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { formatCount } from '../../ui/format.ts'
import styles from './dispatch.module.css'
import type { Selection } from './dispatch-search.ts'
import { DispatchButton } from './DispatchButton.tsx'
import { MailFields } from './MailFields.tsx'
import { Obstacles } from '../../ui/Obstacles.tsx'
import { OptionFields } from './OptionFields.tsx'
import { Plan } from '../../ui/Plan.tsx'
import { RecipientFields } from './RecipientFields.tsx'
import type { Chosen } from './use-choices.ts'
import type { Basics, useCheck } from './use-dispatch.ts'
import { WhenFields } from '../../ui/WhenFields.tsx'

interface Props {
  readonly basics: Basics
  readonly chosen: Chosen
  readonly checked: ReturnType<typeof useCheck>
  readonly handedOver: Selection | null
  /** How many leads the selection lists. */
  readonly listed: number
}

/** Who, what and when, then the button. */
export function OrderForm({ basics, chosen, checked, handedOver, listed }: Props) {
  const { choices, change } = chosen
  return (
    <section className={styles['order']} aria-label="What to dispatch">
      <div className={styles['orderFields']}>
        <Part title="To" aside={handedOver === null ? formatCount(listed, 'approved lead') : null}>
          <RecipientFields
            recipients={choices.recipients}
            onChange={(recipients) => change({ recipients })}
            facets={basics.facets}
            handedOver={handedOver}
            listed={listed}
          />
        </Part>
        <Part title="Mail">
          <MailFields basics={basics} choices={choices} onChange={change} />
          <EditedLine here={chosen.edits.list.length} all={chosen.edits.count} />
        </Part>
        <Part title="When">
          <WhenFields
            when={choices.when}
            onChange={(when) => change({ when })}
            machineZone={basics.zone}
            problem={chosen.problem}
          />
        </Part>
        <Stack gap="xs">
          <OptionFields choices={choices} onChange={change} />
        </Stack>
        {checked.check === undefined ? null : (
          <>
            <Obstacles check={checked.check} />
            <Plan plan={checked.check.plan} moved={checked.check.moved} />
          </>
        )}
      </div>
      <DispatchButton basics={basics} chosen={chosen} checked={checked} />
    </section>
  )
}

/** How many mails were written over; nothing without any. */
function EditedLine({ here, all }: { readonly here: number; readonly all: number }) {
  if (all === 0) return null
  return (
    <Text size="sm" role="status">
      {[
        here === 0 ? '' : `${formatCount(here, 'mail')} edited by hand.`,
        all === here ? '' : `${formatCount(all - here, 'edited mail')} kept for another template or mailbox.`,
      ]
        .join(' ')
        .trim()}
    </Text>
  )
}

interface PartProps {
  readonly title: string
  readonly aside?: string | null
  readonly children: ReactNode
}

function Part({ title, aside = null, children }: PartProps) {
  return (
    <section>
      <Group justify="space-between" gap="xs">
        <h2 className={styles['partTitle']}>{title}</h2>
        {aside === null ? null : (
          <Text size="sm" role="status">
            {aside}
          </Text>
        )}
      </Group>
      <Stack gap="xs">{children}</Stack>
    </section>
  )
}

import { Table } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useErrorText } from '../../ui/error-text-context.ts'
import { useNow } from '../../ui/use-now.ts'
import { draftOf, policyOf, type PolicyDraft } from './policy-draft.ts'
import { hasProblems, problemsOf } from './policy-problems.ts'
import { useWhatIf, type Mailbox, type Policy } from './use-mailboxes.ts'
import { NEVER_OPENS, whatIfRows, whatIfText } from './what-if-text.ts'

const TYPING_MS = 300

export interface Told {
  /** Empty: nothing to say. */
  readonly sentence: string
  readonly rows: ReturnType<typeof whatIfRows>
}

/** What the changes in the form would do to the mail that waits, before they are saved. */
export function useTold(mailbox: Mailbox, draft: PolicyDraft): Told {
  const now = useNow()
  const say = useErrorText()
  // One moment for as long as the form is open: else a new slow start would be another question at each look.
  const [openedAt] = useState(now)
  const [settled] = useDebouncedValue(draft, TYPING_MS)
  const policy = changedPolicy(mailbox, settled, openedAt)
  const { data, error } = useWhatIf(mailbox, policy)
  if (policy === null) return { sentence: '', rows: [] }
  if (error !== null) return { sentence: error.code === 'mailbox.never_opens' ? NEVER_OPENS : say(error), rows: [] }
  return data === undefined
    ? { sentence: '', rows: [] }
    : { sentence: whatIfText(data, now), rows: whatIfRows(data, now) }
}

/** The plan now beside the plan as it would be. */
export function Comparison({ rows }: Pick<Told, 'rows'>) {
  if (rows.length === 0) return null
  return (
    <Table verticalSpacing={4} mt="xs" aria-label="The plan now and with these changes">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>The mail that waits</Table.Th>
          <Table.Th>Now</Table.Th>
          <Table.Th>With this</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(([name, before, after]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" fw={500}>
              {name}
            </Table.Th>
            <Table.Td>{before}</Table.Td>
            <Table.Td fw={before === after ? 400 : 600}>{after}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

/** Null: nothing is changed, or what is typed cannot be saved. */
function changedPolicy({ policy }: Mailbox, draft: PolicyDraft, now: number): Policy | null {
  if (hasProblems(problemsOf(draft))) return null
  const typed = policyOf(draft, now)
  return JSON.stringify(typed) === JSON.stringify(policyOf(draftOf(policy), now)) ? null : typed
}

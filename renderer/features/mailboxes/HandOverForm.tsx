import { Button, Divider, Group, NumberInput, Stack, Switch, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { MoonStar } from 'lucide-react'
import { showNote } from '../../ui/note.ts'
import { handedOverText, handOverLabel, heldNowText } from './hand-over-text.ts'
import { useIsBrowser } from './use-clients.ts'
import { useHandOver, useSaveHandOver, type Mailbox } from './use-mailboxes.ts'

interface Props {
  readonly mailbox: Mailbox
  readonly onDone: () => void
}

const MOST = 10
const USUAL = 3

/** Mail that leaves with the lid closed: by itself when the computer goes to sleep, or now. */
export function HandOverForm({ mailbox, onDone }: Props) {
  const save = useSaveHandOver()
  const isBrowser = useIsBrowser()
  const form = useForm<{ isOn: boolean; count: number | string }>({
    initialValues: { isOn: mailbox.handOver > 0, count: mailbox.handOver || USUAL },
  })
  const count = countOf(form.values.count)
  return (
    <form
      onSubmit={form.onSubmit(({ isOn }) =>
        save.mutate({ mailboxId: mailbox.id, count: isOn ? (count ?? USUAL) : 0 }, { onSuccess: onDone }),
      )}
    >
      <Stack>
        <Text size="sm" className="pretty">
          Exchange can hold the next first mails and send each at its time of the plan, while this computer sleeps.
          Follow-ups stay here: an answer that comes meanwhile could not stop them. When the computer wakes, whatever
          must not go any more is taken back.
        </Text>
        <Switch
          label="Hand the next mails to Exchange when this computer goes to sleep"
          description={
            isBrowser
              ? 'Only the desktop app hears that the computer goes to sleep. In a browser, use the button below.'
              : 'There are only seconds for it, so perhaps not all of them get there; the rest waits as usual.'
          }
          {...form.getInputProps('isOn', { type: 'checkbox' })}
        />
        <NumberInput
          label="How many first mails, at most"
          description={`1 to ${MOST}, none more than 12 hours ahead`}
          min={1}
          max={MOST}
          clampBehavior="none"
          {...form.getInputProps('count')}
          error={count === null ? `A number from 1 to ${MOST}` : null}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty() || count === null}>
            Save
          </Button>
        </Group>
        <Divider />
        <HandOverNow mailbox={mailbox} count={count} />
      </Stack>
    </form>
  )
}

/** For when the rep knows that the lid will be closed. */
function HandOverNow({ mailbox, count }: { readonly mailbox: Mailbox; readonly count: number | null }) {
  const handOver = useHandOver()
  const now = () => {
    if (count === null) return
    const say = ({ handedOver, mailbox: after }: { handedOver: number; mailbox: Mailbox }) =>
      showNote(handedOverText(handedOver, after.held))
    handOver.mutate({ mailboxId: mailbox.id, count }, { onSuccess: say })
  }
  return (
    <Group justify="space-between">
      <Text size="sm" c="dimmed" className="pretty">
        {heldNowText(mailbox.held)}
      </Text>
      <Button
        variant="default"
        leftSection={<MoonStar size={16} aria-hidden />}
        loading={handOver.isPending}
        disabled={count === null || mailbox.held >= count}
        onClick={now}
      >
        {handOverLabel(count)}
      </Button>
    </Group>
  )
}

function countOf(typed: number | string): number | null {
  return typeof typed === 'number' && Number.isInteger(typed) && typed >= 1 && typed <= MOST ? typed : null
}

import { Button, Group, Paper, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { OPT_OUT_SENTENCES, postalLine } from '#shared/domain/sender-identity'
import { LANGUAGE_NAMES } from './language-names.ts'
import { useSaveSender, type Mailbox } from './use-mailboxes.ts'

interface Props {
  readonly mailbox: Mailbox
  readonly onDone: () => void
}

/** Who writes and how to opt out: below each first mail, by itself. */
export function SenderForm({ mailbox, onDone }: Props) {
  const save = useSaveSender()
  const { company, postalAddress, optOut } = mailbox
  const form = useForm({
    initialValues: { company, postalAddress, optOut },
    validate: {
      postalAddress: (value) =>
        value.trim() === '' ? 'Write the address where letters reach you, or nothing can be queued from here.' : null,
      optOut: (value) => (value.trim() === '' ? 'Say how to opt out, or choose a sentence above.' : null),
    },
  })
  const known = OPT_OUT_SENTENCES.find(({ text }) => text === form.values.optOut)
  const footer = [postalLine(form.values), form.values.optOut.trim()].filter((line) => line !== '')
  return (
    <form
      onSubmit={form.onSubmit((values) => save.mutate({ mailboxId: mailbox.id, ...values }, { onSuccess: onDone }))}
      noValidate
    >
      <Stack>
        <Text size="sm" className="pretty">
          The law of many countries wants a mail to somebody new to say who writes and how to hear no more of them.
          Pacemail puts both below your signature, in each first mail that is queued from now on.
        </Text>
        <TextInput
          label="Company"
          description="Leave it empty if you write as a person"
          {...form.getInputProps('company')}
        />
        <Textarea
          label="Postal address"
          description="Street or post office box, town and country"
          autosize
          minRows={3}
          maxLength={500}
          withAsterisk
          {...form.getInputProps('postalAddress')}
        />
        <Select
          label="Language of the opt-out sentence"
          description="Fills in the sentence below; you can change it"
          placeholder="Your own words"
          data={OPT_OUT_SENTENCES.map(({ language }) => ({ value: language, label: LANGUAGE_NAMES[language] }))}
          value={known?.language ?? null}
          allowDeselect={false}
          onChange={(language) => {
            const chosen = OPT_OUT_SENTENCES.find((sentence) => sentence.language === language)
            if (chosen !== undefined) form.setFieldValue('optOut', chosen.text)
          }}
        />
        <Textarea
          label="Opt-out sentence"
          description="Answers that say so are understood and the person is never written to again."
          autosize
          minRows={2}
          maxLength={500}
          withAsterisk
          {...form.getInputProps('optOut')}
        />
        <Paper withBorder p="sm" component="section" aria-label="What stands below a first mail">
          <Text size="xs" c="dimmed">
            Below a first mail
          </Text>
          {footer.map((line) => (
            <Text key={line} size="sm" className="break">
              {line}
            </Text>
          ))}
        </Paper>
        <Text size="sm" c="dimmed" className="pretty">
          To place them yourself, write {'{{senderPostalAddress}}'} or {'{{optOut}}'} into a template: what the template
          says is not put below a second time.
        </Text>
        <Group justify="flex-end" className="sticky-foot">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            Save address and opt-out
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

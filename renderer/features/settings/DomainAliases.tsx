import { Button, Group, Pill, Stack, Text, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { useErrorText } from '../../ui/error-text-context.ts'
import { formatCount } from '../../ui/format.ts'
import { showNote } from '../../ui/note.ts'
import { useAliases, useJoinDomains, usePartDomain } from './use-settings.ts'

/** Domains of one company: the same name before the @ is the same person at each of them. */
export function DomainAliases() {
  const { data: groups = [] } = useAliases()
  const part = usePartDomain()
  return (
    <Stack gap="sm">
      {groups.map((domains) => (
        <Pill.Group key={domains[0]} role="group" aria-label={`One company: ${domains.join(', ')}`}>
          {domains.map((domain) => (
            <Pill
              key={domain}
              size="md"
              withRemoveButton
              removeButtonProps={{ 'aria-label': `Take ${domain} out`, tabIndex: 0, 'aria-hidden': false }}
              onRemove={() => part.mutate({ domain })}
            >
              {domain}
            </Pill>
          ))}
        </Pill.Group>
      ))}
      <JoinForm />
    </Stack>
  )
}

function JoinForm() {
  const [text, setText] = useState('')
  const join = useJoinDomains()
  const say = useErrorText()
  const domains = text.split(/[\s,;=]+/).filter((domain) => domain !== '')

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    if (domains.length < 2) return
    join.mutate(
      { domains },
      {
        onSuccess: ({ skippedSends }) => {
          setText('')
          const skipped = skippedSends === 0 ? '' : ` ${formatCount(skippedSends, 'waiting mail')} skipped.`
          showNote(`${domains.join(' and ')} count as one company now.${skipped}`)
        },
      },
    )
  }

  return (
    <form onSubmit={submit}>
      <Stack gap={4}>
        <Group align="flex-end" gap="sm">
          <TextInput
            w={360}
            label="Domains of one company"
            placeholder="acme.com, acme.io"
            value={text}
            error={join.error === null ? null : say(join.error)}
            onChange={(event) => {
              join.reset()
              setText(event.currentTarget.value)
            }}
          />
          <Button type="submit" variant="default" loading={join.isPending} disabled={domains.length < 2}>
            They are one company
          </Button>
        </Group>
        <Text size="xs" c="dimmed">
          Two or more, with commas between them.
        </Text>
      </Stack>
    </form>
  )
}

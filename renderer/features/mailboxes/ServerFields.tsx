import { Divider, Group, NumberInput, Select, Stack, Switch, Text, TextInput } from '@mantine/core'
import { USUAL_PORTS, type ServersDraft } from './smtp-draft.ts'

export interface ServersForm {
  readonly draft: ServersDraft
  readonly errors: Readonly<Partial<Record<keyof ServersDraft, string | null | undefined>>>
  readonly onChange: (change: Partial<ServersDraft>) => void
}

interface Props extends ServersForm {
  /** Said of the outgoing server, such as whose it is. */
  readonly label: string
  /** What an empty user name means. */
  readonly address: string
}

/** The two servers of a mailbox: the one that sends, and the one that answers are read from. */
export function ServerFields({ label, address, ...form }: Props) {
  const { draft, onChange } = form
  return (
    <Stack gap="sm">
      <Divider label={label} labelPosition="left" />
      <ServerLine {...form} kind="smtp" fields={SMTP_FIELDS} />
      <TextInput
        label="User name"
        description="Mostly the address itself"
        placeholder={address}
        autoComplete="off"
        value={draft.user}
        onChange={(event) => onChange({ user: event.currentTarget.value })}
      />
      <Divider label="Answers" labelPosition="left" />
      <Switch
        label="Read answers too (IMAP)"
        description="So that a reply stops further mail, and bounces and opt-outs are noticed. It looks at mail about yours only, and leaves it unread."
        checked={draft.doesRead}
        onChange={(event) => onChange({ doesRead: event.currentTarget.checked })}
      />
      {draft.doesRead ? (
        <ServerLine {...form} kind="imap" fields={IMAP_FIELDS} />
      ) : (
        <Text size="sm" c="var(--pacemail-yellow-ink)">
          Without this Pacemail does not notice answers: you would have to stop mail to those who replied yourself.
        </Text>
      )}
    </Stack>
  )
}

const SMTP_FIELDS = { host: 'host', port: 'port', security: 'security', name: 'Server' } as const
const IMAP_FIELDS = {
  host: 'imapHost',
  port: 'imapPort',
  security: 'imapSecurity',
  name: 'Server for answers',
} as const

interface LineProps extends ServersForm {
  readonly kind: 'smtp' | 'imap'
  readonly fields: typeof SMTP_FIELDS | typeof IMAP_FIELDS
}

function ServerLine({ draft, errors, onChange, kind, fields }: LineProps) {
  const ports = USUAL_PORTS[kind]
  const choices = [
    { value: 'tls', label: `TLS from the start (usually ${ports.tls})` },
    { value: 'starttls', label: `STARTTLS (usually ${ports.starttls})` },
    { value: 'none', label: 'None (only a server on this computer)' },
  ] as const

  function chooseSecurity(value: string | null): void {
    const security = choices.find((choice) => choice.value === value)?.value
    if (security !== undefined) onChange({ [fields.security]: security, [fields.port]: ports[security] })
  }

  return (
    <>
      <Group align="flex-start" wrap="nowrap">
        <TextInput
          label={fields.name}
          placeholder={`${kind}.your-company.example`}
          flex={1}
          withAsterisk
          autoComplete="off"
          value={draft[fields.host]}
          error={errors[fields.host]}
          onChange={(event) => onChange({ [fields.host]: event.currentTarget.value })}
        />
        <NumberInput
          label="Port"
          w={100}
          min={1}
          max={65_535}
          allowDecimal={false}
          hideControls
          withAsterisk
          value={draft[fields.port]}
          error={errors[fields.port]}
          onChange={(value) => onChange({ [fields.port]: typeof value === 'number' ? value : '' })}
        />
      </Group>
      <Select
        label="Encryption"
        data={choices}
        allowDeselect={false}
        value={draft[fields.security]}
        error={errors[fields.security]}
        onChange={chooseSecurity}
      />
    </>
  )
}

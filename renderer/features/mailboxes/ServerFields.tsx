import { Group, NumberInput, Select, Stack, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { usualPort, type SmtpDraft } from './smtp-draft.ts'

const SECURITY = [
  { value: 'tls', label: 'TLS from the start (usually 465)' },
  { value: 'starttls', label: 'STARTTLS (usually 587)' },
  { value: 'none', label: 'None (only a server on this computer)' },
] satisfies { value: SmtpDraft['security']; label: string }[]

export function ServerFields({ form }: { readonly form: UseFormReturnType<SmtpDraft> }) {
  function chooseSecurity(value: string | null): void {
    const security = SECURITY.find((entry) => entry.value === value)?.value
    if (security !== undefined) form.setValues({ security, port: usualPort(security) })
  }

  return (
    <Stack gap="sm">
      <Group align="flex-start" wrap="nowrap">
        <TextInput
          label="Server"
          placeholder="smtp.your-company.example"
          flex={1}
          withAsterisk
          autoComplete="off"
          {...form.getInputProps('host')}
        />
        <NumberInput
          label="Port"
          w={100}
          min={1}
          max={65_535}
          allowDecimal={false}
          hideControls
          withAsterisk
          {...form.getInputProps('port')}
          onChange={(value) => form.setFieldValue('port', typeof value === 'number' ? value : '')}
        />
      </Group>
      <Select
        label="Encryption"
        data={SECURITY}
        allowDeselect={false}
        {...form.getInputProps('security')}
        onChange={chooseSecurity}
      />
      <TextInput
        label="User name"
        description="Mostly the address itself"
        placeholder={form.values.address}
        autoComplete="off"
        {...form.getInputProps('user')}
      />
    </Stack>
  )
}

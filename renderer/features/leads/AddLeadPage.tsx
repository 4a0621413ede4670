import { Button, Group, Paper, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { domainOfAddress } from '#shared/domain/address'
import type { ErrorCode } from '#shared/errors'
import { useCall } from '../../api/hooks.ts'
import { basisVerdict } from '../../ui/basis-words.ts'
import { BasisFields, NO_PROVENANCE } from '../../ui/BasisFields.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { useErrorText } from '../../ui/error-text-context.ts'
import { Page } from '../../ui/Page.tsx'
import { WayBack } from '../../ui/WayBack.tsx'
import { useNow } from '../../ui/use-now.ts'

/** Words of a mail that waits for this person, such as a link's. */
interface Search {
  readonly email?: string
  readonly subject?: string
  readonly body?: string
}

/** One person, typed in by hand; whoever comes from a link goes on to Dispatch. */
export function AddLeadPage() {
  const { email = '', ...words }: Search = useSearch({ strict: false })
  const isFromLink = email !== ''
  return (
    <Page
      title="Add a lead"
      back={
        <WayBack>
          <Link to="/leads">All leads</Link>
        </WayBack>
      }
      description={
        isFromLink
          ? 'The link is for somebody who is not among your leads yet. Add them first; then you see the mail. Nothing is sent before you dispatch it.'
          : 'One person by hand. For more of them, import a file.'
      }
    >
      <AddForm key={email} email={email} words={isFromLink ? words : null} />
    </Page>
  )
}

interface FormProps {
  readonly email: string
  /** What is to be written to them next; null: nothing. */
  readonly words: Omit<Search, 'email'> | null
}

const ADDRESS_CODES: readonly ErrorCode[] = ['lead.address_invalid', 'lead.address_taken', 'lead.address_erased']

function AddForm({ email, words }: FormProps) {
  const say = useErrorText()
  const navigate = useNavigate()
  const add = useCall('leads.add', { quiet: true })
  const [person, setPerson] = useState({ email, firstName: '', lastName: '', company: '', country: '' })
  const [provenance, setProvenance] = useState(NO_PROVENANCE)
  const { sentence } = basisVerdict({ ...person, ...provenance, domain: domainOfAddress(person.email) }, useNow())
  const isAtAddress = add.error !== null && ADDRESS_CODES.includes(add.error.code)
  const field = (name: keyof typeof person) => ({
    value: person[name],
    autoComplete: 'off',
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => {
      const { value } = event.currentTarget
      setPerson((old) => ({ ...old, [name]: value }))
    },
  })

  function save(): void {
    add.mutate(
      { ...person, provenance },
      {
        onSuccess: ({ id }) =>
          void (words === null
            ? navigate({ to: '/leads', search: { lead: id } })
            : navigate({ to: '/dispatch', search: { ids: String(id), ...words }, replace: true })),
      },
    )
  }

  return (
    <Paper
      withBorder
      p="md"
      maw="44rem"
      component="form"
      aria-label="A new lead"
      onSubmit={(event: { preventDefault(): void }) => {
        event.preventDefault()
        save()
      }}
    >
      <Stack gap="sm">
        <TextInput
          label="Email address"
          maxLength={320}
          spellCheck={false}
          error={isAtAddress && add.error !== null ? say(add.error) : null}
          data-autofocus={email === '' ? true : undefined}
          {...field('email')}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
          <TextInput label="First name" maxLength={200} {...field('firstName')} />
          <TextInput label="Last name" maxLength={200} {...field('lastName')} />
          <TextInput label="Company" maxLength={200} {...field('company')} />
          <TextInput label="Country" maxLength={60} {...field('country')} />
        </SimpleGrid>
        <BasisFields
          value={provenance}
          sourceHint="Left empty, it says “Added by hand”."
          onChange={(change) => setProvenance((old) => ({ ...old, ...change }))}
        />
        <Text size="sm" c="dimmed" role="status">
          {sentence}
        </Text>
        {add.error === null || isAtAddress ? null : <ErrorPanel error={add.error} title="Not added" />}
        <Group justify="flex-end" gap="xs">
          <Button component={Link} to="/leads" variant="default">
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending} disabled={person.email.trim() === ''}>
            {words === null ? 'Add the lead' : 'Add and go on to the mail'}
          </Button>
        </Group>
      </Stack>
    </Paper>
  )
}

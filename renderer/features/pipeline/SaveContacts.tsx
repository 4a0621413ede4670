import { Alert, Anchor, Button, Checkbox, Group, Stack, TagsInput, Text, TextInput, Title } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { useState } from 'react'
import type { PipelineRun } from '#shared/contract/pipeline'
import { BasisFields } from '../../ui/BasisFields.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatCount, formatNumber } from '../../ui/format.ts'
import styles from './pipeline.module.css'
import type { RunCalls } from './use-pipeline.ts'

interface Props {
  readonly run: PipelineRun
  readonly calls: RunCalls
  readonly isRunning: boolean
}

/** The good contacts become leads that wait for review. Shown once there is anybody to save. */
export function SaveContacts({ run, calls, isRunning }: Props) {
  const { good, role, unsure, saved } = run.contacts
  const navigate = useNavigate()
  const review = (): void => void navigate({ to: '/leads', search: run.listId === null ? {} : { list: run.listId } })
  const canSave = good + role + unsure > 0
  return (
    <Stack gap="sm">
      {saved > 0 && run.listId !== null ? (
        <Alert
          role="status"
          color="green"
          icon={<CircleCheck size={18} aria-hidden />}
          title={`${formatCount(saved, 'lead')} of this search added`}
        >
          They wait for your review.{' '}
          <Anchor component="button" type="button" onClick={review} underline="always" inherit c="inherit">
            Review them
          </Anchor>
        </Alert>
      ) : null}
      {canSave ? <SaveForm run={run} calls={calls} isRunning={isRunning} /> : null}
    </Stack>
  )
}

function SaveForm({ run, calls, isRunning }: Props) {
  const { good, role, unsure } = run.contacts
  const [listName, setListName] = useState(run.name)
  const [tags, setTags] = useState<string[]>([])
  const [includeRole, setRole] = useState(false)
  const [includeUnsure, setUnsure] = useState(false)
  const [provenance, setProvenance] = useState(run.provenance)
  const count = good + (includeRole ? role : 0) + (includeUnsure ? unsure : 0)
  const name = listName.trim()
  return (
    <form
      className={styles.card}
      aria-label="Make leads of the good ones"
      onSubmit={(event) => {
        event.preventDefault()
        if (name !== '') calls.save({ listName: name, tags, includeRole, includeUnsure }, provenance)
      }}
    >
      <Title order={3} size="h4">
        Make leads of the good ones
      </Title>
      <div className={styles.save}>
        <Stack gap="sm">
          <TextInput
            label="Name of the list"
            maxLength={100}
            error={name === '' ? 'The list needs a name.' : null}
            value={listName}
            onChange={(event) => setListName(event.currentTarget.value)}
          />
          <TagsInput label="Tags for all of them" maxTags={20} maxLength={40} value={tags} onChange={setTags} />
          {role === 0 ? null : (
            <Checkbox
              label={`Also ${formatCount(role, 'shared address', 'shared addresses')} such as info@`}
              checked={includeRole}
              onChange={(event) => setRole(event.currentTarget.checked)}
            />
          )}
          {unsure === 0 ? null : (
            <Checkbox
              label={`Also ${formatNumber(unsure)} whose domain gave no answer`}
              checked={includeUnsure}
              onChange={(event) => setUnsure(event.currentTarget.checked)}
            />
          )}
        </Stack>
        <BasisFields
          value={provenance}
          sourceHint="Left empty, each lead records the file it was found in."
          onChange={(change) => setProvenance({ ...provenance, ...change })}
        />
      </div>
      {calls.saveError === null ? null : <ErrorPanel error={calls.saveError} title="Nothing was added" />}
      <Group gap="sm">
        <Button type="submit" loading={calls.isSaving} disabled={count === 0 || isRunning}>
          Add {formatCount(count, 'lead')}
        </Button>
        <Text size="sm" c="dimmed">
          Nothing is sent before you approve leads and dispatch to them.
        </Text>
      </Group>
    </form>
  )
}

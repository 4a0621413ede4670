import { Alert, Group, Select, Text } from '@mantine/core'
import type { AttachedFile, TemplateContent } from '#shared/contract/templates'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { MailFiles } from '../../ui/MailFiles.tsx'
import { formatNumber } from '../../ui/format.ts'
import { MailView } from '../../ui/MailView.tsx'
import { leadLabel } from './lead-label.ts'
import { fieldLabel } from './merge-field.ts'
import { SendToMyself } from './SendToMyself.tsx'
import styles from './templates.module.css'
import type { PreviewChoice } from './use-preview-for.ts'
import { useLeadSearch, type usePreview } from './use-templates.ts'

interface Props {
  readonly content: TemplateContent
  readonly files: readonly AttachedFile[]
  readonly preview: ReturnType<typeof usePreview>
  readonly choice: PreviewChoice
}

/** The mail that one lead would get, while it is being written. */
export function TemplatePreview({ content, files, preview, choice }: Props) {
  const isBlank = content.subject === '' && content.body === ''
  return (
    <section className={styles['preview']} aria-label="Preview">
      <Group gap="xs" grow wrap="nowrap" align="flex-end">
        <LeadPicker lead={choice.lead} onPick={choice.setLead} />
        {choice.mailboxes.length < 2 ? null : (
          <Select
            label="From"
            size="xs"
            allowDeselect={false}
            data={choice.mailboxes.map(({ id, address }) => ({ value: String(id), label: address }))}
            value={String(choice.preview.mailboxId)}
            onChange={(value) => choice.setMailbox(Number(value))}
          />
        )}
      </Group>
      {isBlank ? (
        <Text size="sm" c="dimmed">
          Write a subject or a text and the mail appears here.
        </Text>
      ) : preview.data === undefined ? (
        preview.error === null ? null : (
          <ErrorPanel error={preview.error} title="No preview" onRetry={() => preview.refetch()} />
        )
      ) : (
        <>
          <Mail {...preview.data} who={choice.lead?.name ?? 'A made-up lead'} />
          <SendToMyself
            content={content}
            files={files}
            choice={choice}
            isSound={preview.data.problems.length === 0 && preview.data.mail.missing.length === 0}
          />
        </>
      )}
      <MailFiles files={files} />
    </section>
  )
}

type Mail = NonNullable<Props['preview']['data']>['mail']

function Mail({ mail, versions, who }: { readonly mail: Mail; readonly versions: number; readonly who: string }) {
  return (
    <>
      {mail.missing.length === 0 ? null : (
        <Alert color="yellow" title={`${who} would not get this mail`} role="status">
          There is no {mail.missing.map((name) => fieldLabel(name).toLowerCase()).join(', no ')} for this lead. Add a
          fallback, as in {'{{name | default: "…"}}'}, or fill the field in.
        </Alert>
      )}
      <Text className={styles['mailSubject']} fw={600}>
        {mail.subject === '' ? 'No subject' : mail.subject}
      </Text>
      {versions === 1 ? null : (
        <Text size="sm" c="dimmed" role="status">
          One of {formatNumber(versions)} versions of this mail. A lead gets the same one each time.
        </Text>
      )}
      <MailView title="The mail" text={mail.text} html={mail.html} />
    </>
  )
}

interface PickerProps {
  readonly lead: PreviewChoice['lead']
  readonly onPick: PreviewChoice['setLead']
}

const MADE_UP = 'made-up'
const MADE_UP_LABEL = 'A made-up lead'

function LeadPicker({ lead, onPick }: PickerProps) {
  const { search, setSearch, leads } = useLeadSearch(lead?.name ?? MADE_UP_LABEL)
  const found = leads.filter((candidate) => candidate.id !== lead?.id)
  const data = [
    { value: MADE_UP, label: MADE_UP_LABEL },
    ...(lead === null ? [] : [{ value: String(lead.id), label: lead.name }]),
    ...found.map((candidate) => ({ value: String(candidate.id), label: leadLabel(candidate) })),
  ]
  return (
    <Select
      label="Preview for"
      size="xs"
      searchable
      allowDeselect={false}
      nothingFoundMessage="No lead of this name"
      data={data}
      // The leads come filtered from the database.
      filter={({ options }) => options}
      searchValue={search}
      onSearchChange={setSearch}
      // What is typed next replaces the name that stands there.
      onClick={(event) => event.currentTarget.select()}
      onFocus={(event) => event.currentTarget.select()}
      value={lead === null ? MADE_UP : String(lead.id)}
      onChange={(value, option) =>
        onPick(value === null || value === MADE_UP ? null : { id: Number(value), name: option?.label ?? '' })
      }
    />
  )
}

import { Alert, Button, Group, Skeleton, Stack, Tabs, Text } from '@mantine/core'
import { FilePen, Pencil } from 'lucide-react'
import { useState } from 'react'
import type { Campaign, DraftMail, Person } from '#shared/contract/campaigns'
import { AgedWarning } from '../../ui/AgedWarning.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { HandEditButtons, showReset } from '../../ui/HandEditButtons.tsx'
import { MailFiles } from '../../ui/MailFiles.tsx'
import { MailView } from '../../ui/MailView.tsx'
import { mailName, mailTitle, personName, stepWords } from './campaign-words.ts'
import styles from './campaigns.module.css'
import { EditDraftMail } from './EditDraftMail.tsx'
import { OLD_WORDS } from './hand-words.ts'
import { useDraftMails, useWriteDraftMail } from './use-campaigns.ts'

interface Props {
  readonly campaign: Campaign
  readonly person: Person
  /** A form lies over the mails, or does so no longer. */
  readonly onEditing: (isEditing: boolean) => void
}

/** Before the start: every mail of one person as it would be queued, each to be written over. */
export function DraftMails({ campaign, person, onEditing }: Props) {
  const mails = useDraftMails(campaign.id, person.leadId)
  const [shown, setShown] = useState('0')
  // As it was when the form opened.
  const [editing, setEditing] = useState<DraftMail | null>(null)
  const edit = (mail: DraftMail | null) => {
    setEditing(mail)
    onEditing(mail !== null)
  }
  if (mails.error !== null) {
    return <ErrorPanel error={mails.error} title="Their mails cannot be shown" onRetry={() => mails.refetch()} />
  }
  if (mails.data === undefined) return <Skeleton h={240} />
  return (
    <>
      <Tabs value={shown} onChange={(value) => setShown(value ?? '0')} keepMounted={false}>
        <Tabs.List aria-label="Their mails">
          {mails.data.map(({ step, isByHand }) => (
            <Tabs.Tab
              key={step}
              value={String(step)}
              aria-label={isByHand ? `${mailName(step)}, edited by hand` : mailName(step)}
              rightSection={isByHand ? <Pencil size={13} aria-hidden /> : null}
            >
              {mailName(step)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {mails.data.map((mail) => (
          <Tabs.Panel key={mail.step} value={String(mail.step)} pt="sm">
            <OneMail campaign={campaign} person={person} mail={mail} onEdit={() => edit(mail)} />
          </Tabs.Panel>
        ))}
      </Tabs>
      {editing === null ? null : (
        <EditDraftMail campaignId={campaign.id} person={person} mail={editing} onClose={() => edit(null)} />
      )}
    </>
  )
}

interface OneMailProps {
  readonly campaign: Campaign
  readonly person: Person
  readonly mail: DraftMail
  readonly onEdit: () => void
}

function OneMail({ campaign, person, mail, onEdit }: OneMailProps) {
  const { reset, keep, isBusy } = useHandWriting(campaign.id, person.leadId)
  const step = campaign.steps[mail.step]
  return (
    <Stack gap="sm">
      <div>
        <Text size="sm">{mailTitle(campaign, mail)}</Text>
        <Text size="sm" c="dimmed">
          Goes {step === undefined ? '' : stepWords(step, mail.step)}
        </Text>
      </div>
      {mail.missing.length === 0 ? null : (
        <Text size="sm" c="var(--mantine-color-error)" role="status">
          There is no {mail.missing.join(', no ')} for this lead. As long as you do not write it over, they are left out
          of the whole campaign.
        </Text>
      )}
      {mail.isOld ? (
        <Alert color="yellow" icon={<FilePen size={18} aria-hidden />} title="Written for another text" role="status">
          <Stack gap={6} align="flex-start">
            <Text size="sm">{OLD_WORDS}</Text>
            <Button size="compact-sm" variant="default" loading={isBusy} onClick={() => keep(mail)}>
              Keep my words
            </Button>
          </Stack>
        </Alert>
      ) : null}
      <AgedWarning aged={mail.aged} mail={mail} />
      <Group gap="xs" wrap="nowrap" justify="space-between">
        <Text fw={600} className="break">
          {mail.subject}
        </Text>
        <HandEditButtons isEdited={mail.isByHand} onReset={() => reset(mail)} onEdit={onEdit} />
      </Group>
      <div className={styles['draftMail']}>
        <MailView title={`${mailName(mail.step)} to ${personName(person)}`} text={mail.text} html={mail.html} />
      </div>
      <MailFiles files={mail.attachments} />
    </Stack>
  )
}

function useHandWriting(campaignId: Campaign['id'], leadId: Person['leadId']) {
  const write = useWriteDraftMail(false)
  const placeOf = ({ step, templateId }: DraftMail) => ({ campaignId, leadId, step, templateId })
  const keep = (mail: DraftMail) => write.mutate({ ...placeOf(mail), words: mail.source })
  return {
    isBusy: write.isPending,
    /** The rep has read it beside the text of now. */
    keep,
    /** Takes the template's text again, and offers the way back. */
    reset: (mail: DraftMail) =>
      write.mutate({ ...placeOf(mail), words: null }, { onSuccess: () => showReset(() => keep(mail)) }),
  }
}

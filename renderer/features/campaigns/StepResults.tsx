import { Anchor, Text, Timeline } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Campaign, CampaignStep, VariantResult } from '#shared/contract/campaigns'
import { formatNumber } from '../../ui/format.ts'
import { mailName, nextWords, replyWords, stepWords, textsWords, variantName, verdictWords } from './campaign-words.ts'
import styles from './campaigns.module.css'
import { SequenceLine } from './SequenceLine.tsx'
import { useFirstMailbox, useStanding } from './use-campaigns.ts'

/** The sequence with what each text has brought so far. */
export function StepResults({ campaign }: { readonly campaign: Campaign }) {
  return (
    <>
      <Line campaign={campaign} />
      <Timeline bulletSize={28} lineWidth={2} active={campaign.steps.length}>
        {campaign.steps.map((step, index) => (
          <Timeline.Item
            // A step is known by its place.
            key={index}
            bullet={index + 1}
            title={
              <>
                {mailName(index)}
                <span className={styles['stepWhen']}>, {stepWords(step, index)}</span>
              </>
            }
          >
            <Texts step={step} name={mailName(index)} />
          </Timeline.Item>
        ))}
      </Timeline>
    </>
  )
}

/** Where everybody stands, drawn on the days of somebody who begins today. */
function Line({ campaign }: { readonly campaign: Campaign }) {
  const standing = useStanding(campaign.id)
  const mailbox = useFirstMailbox(campaign)
  if (mailbox === undefined) return null
  return (
    <SequenceLine
      steps={campaign.steps.map(({ delay, threading, variants }, step) => ({
        delay,
        threading,
        text: textsWords(variants.map(({ templateName }) => templateName)),
        people: standing === undefined ? null : nextWords(standing[step] ?? 0),
      }))}
      mailbox={mailbox}
      at={null}
      edit={null}
    />
  )
}

function Texts({ step, name }: { readonly step: CampaignStep; readonly name: string }) {
  const { variants, earlier } = step
  const verdict = verdictWords(variants)
  const hasSeveral = variants.length > 1
  return (
    <>
      <table className={styles['results']} aria-label={`Results of ${name.toLowerCase()}`}>
        <thead>
          <tr>
            <th scope="col">Text</th>
            <th scope="col">Sent</th>
            <th scope="col">Answers</th>
            <th scope="col">Bounced</th>
            <th scope="col">Opted out</th>
          </tr>
        </thead>
        <tbody>
          {variants.map((text, index) => (
            <TextRow key={text.versionId} text={text} letter={hasSeveral ? `${variantName(index)}: ` : ''} />
          ))}
          {earlier.map((text) => (
            <TextRow key={text.versionId} text={text} letter="Before: " />
          ))}
        </tbody>
      </table>
      {verdict === null ? null : (
        <Text size="sm" c="dimmed">
          {verdict}
        </Text>
      )}
    </>
  )
}

/** What one text has brought. A text counts only the mail that was made from it. */
function TextRow({ text, letter }: { readonly text: VariantResult; readonly letter: string }) {
  return (
    <tr>
      <th scope="row">
        {letter}
        <Anchor
          size="sm"
          underline="always"
          renderRoot={(props) => <Link to="/templates" search={{ template: text.templateId }} {...props} />}
        >
          {text.templateName}
        </Anchor>{' '}
        <span className={styles['second']}>version {text.version}</span>
      </th>
      <td>{formatNumber(text.sent)}</td>
      <td>{replyWords(text)}</td>
      <td>{formatNumber(text.bounced)}</td>
      <td>{formatNumber(text.optedOut)}</td>
    </tr>
  )
}

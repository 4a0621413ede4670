import { Alert, Stack, Text } from '@mantine/core'
import { CalendarX } from 'lucide-react'
import type { AgedCode } from '#shared/domain/ageing-claims'
import { sentenceAt, type TextRange } from '#shared/domain/sentence'
import { agedText } from './aged-text.ts'
import { MarkedText } from './MarkedText.tsx'

interface AgedWords extends TextRange {
  readonly part: 'subject' | 'text'
  readonly code: AgedCode
}

interface Props {
  readonly aged: readonly AgedWords[]
  readonly mail: { readonly subject: string; readonly text: string }
}

/** What the mail says that will not be true any more when it goes. */
export function AgedWarning({ aged, mail }: Props) {
  if (aged.length === 0) return null
  return (
    <Alert
      color="yellow"
      icon={<CalendarX size={18} aria-hidden />}
      title="Some of this will not be true when it goes"
      role="status"
    >
      <Stack gap={6}>
        {aged.map((words) => (
          <Text size="sm" key={`${words.part} ${words.from}`}>
            <Quoted words={words} mail={mail} />
          </Text>
        ))}
        <Text size="sm">Change the text, or let it go as it is.</Text>
      </Stack>
    </Alert>
  )
}

function Quoted({ words, mail }: { readonly words: AgedWords; readonly mail: Props['mail'] }) {
  const whole = words.part === 'subject' ? mail.subject : mail.text
  const { from, to } = sentenceAt(whole, words)
  const mark = { from: words.from - from, to: words.to - from, note: agedText(words.code) }
  return (
    <>
      “<MarkedText text={whole.slice(from, to)} marks={[mark]} />” {agedText(words.code)}
      {words.part === 'subject' ? ' It is in the subject.' : ''}
    </>
  )
}

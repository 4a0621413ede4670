import { Button, Group, Textarea, TextInput } from '@mantine/core'
import { Check, Copy } from 'lucide-react'
import { useRef, useState } from 'react'

interface Props {
  readonly label: string
  readonly description?: string
  readonly text: string
  /** Shown as a text of this many lines; without it, as one line. */
  readonly rows?: number
}

type Outcome = 'none' | 'copied' | 'by_hand'

/** A text to take elsewhere. Where the system does not let the page copy, the text is marked for Ctrl+C. */
export function CopyField({ label, description, text, rows }: Props) {
  const box = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  const [outcome, setOutcome] = useState<Outcome>('none')

  async function copy(): Promise<void> {
    box.current?.select()
    try {
      await navigator.clipboard.writeText(text)
      setOutcome('copied')
    } catch {
      setOutcome('by_hand')
    }
  }

  const field = { ref: box, label, description, readOnly: true, value: text, flex: 1 }
  return (
    <Group gap="xs" wrap="nowrap" align="flex-end">
      {rows === undefined ? (
        <TextInput {...field} onFocus={(event) => event.currentTarget.select()} />
      ) : (
        <Textarea {...field} rows={rows} />
      )}
      <Button
        variant="default"
        aria-label={`Copy: ${label}`}
        leftSection={outcome === 'copied' ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
        onClick={() => void copy()}
      >
        {BUTTON_TEXTS[outcome]}
      </Button>
      <span role="status" className="sr-only">
        {outcome === 'copied' ? 'Copied' : outcome === 'by_hand' ? 'Marked. Press Ctrl+C to copy it.' : ''}
      </span>
    </Group>
  )
}

const BUTTON_TEXTS = { none: 'Copy', copied: 'Copied', by_hand: 'Press Ctrl+C' } satisfies Record<Outcome, string>

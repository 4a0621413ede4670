import { Anchor, Button, Text } from '@mantine/core'
import { useNavigate, Link } from '@tanstack/react-router'
import { CalendarClock, Send } from 'lucide-react'
import { useErrorText } from '../../ui/error-text-context.ts'
import { MAIN_KEY, useMainKey } from '../../ui/use-keys.ts'
import styles from './dispatch.module.css'
import { dispatchLabel } from './dispatch-label.ts'
import { ReadinessLine } from './ReadinessLine.tsx'
import type { Chosen } from './use-choices.ts'
import type { Basics, useCheck } from './use-dispatch.ts'
import { useDispatcher } from './use-dispatcher.ts'

interface Props {
  readonly basics: Basics
  readonly chosen: Chosen
  readonly checked: ReturnType<typeof useCheck>
}

/** The big button. It queues; what follows is the campaign's progress in its place. */
export function DispatchButton({ chosen, checked }: Props) {
  const navigate = useNavigate()
  const { dispatch, isBusy } = useDispatcher()
  const { order, choices } = chosen
  const ready = checked.isCounting ? null : (checked.check?.ready ?? null)
  const isScheduled = choices.when !== null
  const canPress = order !== null && ready !== null && ready > 0 && !isBusy

  async function press(): Promise<void> {
    if (order === null) return
    const answer = await dispatch(order)
    if (answer === null) return
    chosen.edits.letGo()
    await navigate({ to: '/dispatch', search: { campaign: answer.campaignId } })
  }
  useMainKey(canPress ? () => void press() : null)

  return (
    <div className={styles['button']}>
      {choices.mailboxId === null ? null : <ReadinessLine mailboxId={choices.mailboxId} />}
      <Hint chosen={chosen} checked={checked} ready={ready} />
      <Button
        size="lg"
        fullWidth
        disabled={!canPress}
        leftSection={isScheduled ? <CalendarClock size={20} aria-hidden /> : <Send size={20} aria-hidden />}
        {...MAIN_KEY}
        onClick={() => void press()}
      >
        {dispatchLabel({ ready, isScheduled, isBusy })}
      </Button>
    </div>
  )
}

interface HintProps {
  readonly chosen: Chosen
  readonly checked: Props['checked']
  readonly ready: number | null
}

/** Why the button cannot be pressed; nothing while it can. */
function Hint({ chosen, checked, ready }: HintProps) {
  const say = useErrorText()
  const { choices, order } = chosen
  if (checked.error !== null) {
    return (
      <Text size="sm" c="var(--mantine-color-error)" role="alert">
        {say(checked.error)}{' '}
        {checked.error.code === 'template.invalid' ? (
          <Anchor
            renderRoot={(props) => (
              <Link
                to="/templates"
                search={choices.templateId === null ? {} : { template: choices.templateId }}
                {...props}
              />
            )}
            underline="always"
          >
            Open the template
          </Anchor>
        ) : null}
      </Text>
    )
  }
  if (choices.when?.local === null) return <Small>Choose a date and a time first.</Small>
  if (order !== null && ready === 0) return <Small>Nobody of this selection can get this mail now.</Small>
  return null
}

function Small({ children }: { readonly children: string }) {
  return (
    <Text size="sm" c="dimmed">
      {children}
    </Text>
  )
}

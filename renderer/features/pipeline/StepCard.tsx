import { Button, Group, Progress, Stack, Text, Title } from '@mantine/core'
import type { PipelineRun } from '#shared/contract/pipeline'
import type { PipelineVerdict } from '#shared/domain/taxonomy'
import { useErrorText } from '../../ui/error-text-context.ts'
import { formatNumber } from '../../ui/format.ts'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { StepInputs } from './StepInputs.tsx'
import { countsOf, STEP_WORDS, stateWords, VERDICT_WORDS, type StepView } from './pipeline-words.ts'
import styles from './pipeline.module.css'
import type { RunCalls } from './use-pipeline.ts'

interface Props {
  readonly number: number
  readonly step: StepView
  readonly run: PipelineRun
  /** Another step is running. */
  readonly isBlocked: boolean
  readonly calls: RunCalls
  readonly onShow: (verdict: PipelineVerdict | null) => void
}

/** One step: what it reads, how far it is, what it found, and the buttons to run it. */
export function StepCard(props: Props) {
  const { number, step, run, onShow } = props
  const words = STEP_WORDS[step.step]
  const { label, tone } = stateWords(step)
  const titleId = `step-${step.step}`
  return (
    <section className={styles.card} aria-labelledby={titleId}>
      <Group justify="space-between" wrap="nowrap">
        <Title order={3} size="h4" id={titleId}>
          {number}. {words.title}
        </Title>
        <StatusBadge tone={tone} label={label} />
      </Group>
      <Text size="sm" c="dimmed" className="pretty">
        {words.what}
      </Text>
      {step.step === 'check_addresses' ? null : (
        <StepInputs
          run={run}
          kind={step.step === 'find_companies' ? 'companies' : 'people'}
          isLocked={props.isBlocked || step.state === 'running'}
          onRemove={props.calls.removeInput}
        />
      )}
      <StepProgress step={step} unit={words.unit} />
      <ul className={styles.counts}>
        {countsOf(run, step.step).map(([verdict, count]) => (
          <li key={verdict}>
            <button type="button" className={styles.count} onClick={() => onShow(verdictShown(step, verdict))}>
              <b>{formatNumber(count)}</b> {VERDICT_WORDS[verdict]}
            </button>
          </li>
        ))}
      </ul>
      <StepButtons {...props} />
    </section>
  )
}

/** Contacts that were found have got other verdicts by their check: all of them are shown then. */
function verdictShown({ step }: StepView, verdict: PipelineVerdict): PipelineVerdict | null {
  return step === 'find_contacts' && verdict === 'found' ? null : verdict
}

function StepProgress({ step, unit }: { readonly step: StepView; readonly unit: string }) {
  const say = useErrorText()
  if (step.state === 'waiting') return null
  const percent = step.total === 0 ? 100 : (step.done / step.total) * 100
  const label = `${formatNumber(step.done)} of ${formatNumber(step.total)} ${unit}`
  return (
    <Stack gap={4}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      {step.state === 'done' ? null : (
        <Progress value={percent} aria-label={`${STEP_WORDS[step.step].title}: ${label}`} />
      )}
      {step.error === null ? null : (
        <Text size="sm" role="alert" className={styles.error}>
          {say({ code: step.error, details: {}, ref: null })}
        </Text>
      )}
    </Stack>
  )
}

function StepButtons({ step, run, isBlocked, calls }: Props) {
  const words = STEP_WORDS[step.step]
  const kind = step.step === 'find_companies' ? 'companies' : 'people'
  const isReady =
    step.step === 'check_addresses'
      ? Object.values(run.contacts).some((count) => count > 0)
      : run.inputs.some((input) => input.kind === kind)
  const goesOn = step.state === 'stopped' || step.state === 'failed'
  const unsure = step.step === 'check_addresses' ? run.contacts.unsure : 0
  const isFirst = step.state === 'waiting' || step.isOld
  if (step.state === 'running') {
    return (
      <Group className={styles.buttons}>
        <Button size="xs" variant="default" onClick={calls.stop}>
          Stop
        </Button>
      </Group>
    )
  }
  return (
    <Group gap="xs" className={styles.buttons}>
      {goesOn ? (
        <Button size="xs" disabled={isBlocked} onClick={() => calls.start(step.step, 'on')}>
          Go on
        </Button>
      ) : null}
      <Button
        size="xs"
        variant={isFirst && !goesOn ? 'filled' : 'default'}
        disabled={isBlocked || !isReady}
        onClick={() => calls.start(step.step, 'again')}
      >
        {step.state === 'waiting' ? words.run : words.again}
      </Button>
      {unsure === 0 ? null : (
        <Button size="xs" variant="default" disabled={isBlocked} onClick={() => calls.start(step.step, 'unsure')}>
          Check the {formatNumber(unsure)} without answer again
        </Button>
      )}
    </Group>
  )
}

import { Text, UnstyledButton } from '@mantine/core'
import { Lightbulb } from 'lucide-react'
import { adviseOn, type Advice, type AdvisedText } from '#shared/domain/text-advice'
import { formatCount } from '../../ui/format.ts'
import { adviceText } from './advice-text.ts'
import styles from './templates.module.css'

interface Props {
  readonly content: AdvisedText
  readonly onShow: (advice: Advice) => void
}

/** What would make the mail look like bulk mail. It hinders nobody from sending it. */
export function AdviceList({ content, onShow }: Props) {
  const advice = adviseOn(content)
  if (content.subject === '' && content.body === '') return null
  if (advice.length === 0) {
    return (
      <Text size="xs" c="dimmed" role="status">
        Nothing in it looks like bulk mail.
      </Text>
    )
  }
  return (
    <details className={styles['advice']}>
      <summary>
        <Lightbulb size={14} aria-hidden /> {formatCount(advice.length, 'hint')} to make it read better
      </summary>
      <ul>
        {advice.map((each) => (
          <li key={`${each.part} ${each.at} ${each.code}`}>
            {each.text === '' ? null : (
              <UnstyledButton className={styles['offending']} title="Show it in the text" onClick={() => onShow(each)}>
                {each.text}
              </UnstyledButton>
            )}{' '}
            {adviceText(each)}
          </li>
        ))}
      </ul>
    </details>
  )
}

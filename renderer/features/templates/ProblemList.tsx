import { Text, UnstyledButton } from '@mantine/core'
import { TriangleAlert } from 'lucide-react'
import type { TemplateContent, TemplateProblem } from '#shared/contract/templates'
import { problemText } from './problem-text.ts'
import styles from './templates.module.css'

interface Props {
  readonly part: TemplateProblem['part']
  readonly problems: readonly TemplateProblem[]
  readonly content: TemplateContent
  readonly onShow: (problem: TemplateProblem) => void
}

/** The mistakes of one field, below it. A click selects the offending piece. Nothing is said about a field not begun. */
export function ProblemList({ part, problems, content, onShow }: Props) {
  const own = problems.filter((problem) => problem.part === part && !isUntouched(problem, content))
  return (
    <ul className={styles['problems']} aria-live="polite" hidden={own.length === 0}>
      {own.map((problem) => (
        <li key={`${problem.at} ${problem.code}`}>
          <TriangleAlert size={16} aria-hidden />
          <Text size="sm" span>
            {problem.text === '' ? null : (
              <UnstyledButton
                className={styles['offending']}
                title="Show it in the text"
                onClick={() => onShow(problem)}
              >
                {problem.text}
              </UnstyledButton>
            )}{' '}
            {problemText(problem)}
          </Text>
        </li>
      ))}
    </ul>
  )
}

function isUntouched(problem: TemplateProblem, content: TemplateContent): boolean {
  return (
    (problem.code === 'empty_subject' || problem.code === 'empty_body') && content.subject === '' && content.body === ''
  )
}

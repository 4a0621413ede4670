import { Text, UnstyledButton } from '@mantine/core'
import { Archive, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { Template } from '#shared/contract/templates'
import type { Choice } from './use-chosen-template.ts'
import styles from './templates.module.css'

interface Props {
  readonly inUse: readonly Template[]
  readonly archived: readonly Template[]
  readonly choice: Choice
  readonly onChoose: (choice: Choice) => void
}

export function TemplateList({ inUse, archived, choice, onChoose }: Props) {
  const [wantsArchived, setWantsArchived] = useState(false)
  const isArchivedOpen = archived.some((template) => template.id === choice)
  const showsArchived = wantsArchived || isArchivedOpen

  return (
    <nav className={styles['list']} aria-label="Templates">
      <ul>
        {choice === 'new' ? (
          <li>
            <UnstyledButton className={styles['item']} aria-current="true">
              <span className={styles['itemName']}>New template</span>
              <span className={styles['itemSubject']}>Not saved yet</span>
            </UnstyledButton>
          </li>
        ) : null}
        {inUse.map((template) => (
          <Item key={template.id} template={template} isOpen={template.id === choice} onChoose={onChoose} />
        ))}
      </ul>
      {inUse.length === 0 && choice !== 'new' ? (
        <Text size="sm" c="dimmed" p="xs">
          No template in use.
        </Text>
      ) : null}
      {archived.length === 0 ? null : (
        <>
          <UnstyledButton
            className={styles['fold']}
            aria-expanded={showsArchived}
            onClick={() => setWantsArchived(!showsArchived)}
          >
            <Archive size={14} aria-hidden /> Archived ({archived.length})
          </UnstyledButton>
          {showsArchived ? (
            <ul>
              {archived.map((template) => (
                <Item key={template.id} template={template} isOpen={template.id === choice} onChoose={onChoose} />
              ))}
            </ul>
          ) : null}
        </>
      )}
    </nav>
  )
}

interface ItemProps {
  readonly template: Template
  readonly isOpen: boolean
  readonly onChoose: (choice: Choice) => void
}

function Item({ template, isOpen, onChoose }: ItemProps) {
  return (
    <li>
      <UnstyledButton
        className={styles['item']}
        aria-current={isOpen ? 'true' : undefined}
        onClick={() => onChoose(template.id)}
      >
        <span className={styles['itemName']}>
          {template.name}
          {template.problems.length === 0 ? null : (
            <TriangleAlert size={14} className={styles['itemProblem']} aria-label="Cannot be dispatched yet" />
          )}
        </span>
        <span className={styles['itemSubject']}>{template.subject === '' ? 'No subject' : template.subject}</span>
      </UnstyledButton>
    </li>
  )
}

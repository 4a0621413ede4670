import { Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { showNote } from '../../ui/note.ts'
import { undoText } from './answer-words.ts'
import { useUndo, type Answer } from './use-answers.ts'

/** Taking a verdict back is asked about first: it decides who may be written to. */
export function useTakeBack() {
  const undo = useUndo()
  const nameOf = (answer: Answer) => (answer.leadName === '' ? answer.from : answer.leadName)
  return {
    isBusy: undo.isPending,
    /** Nothing happens for an answer that is not there, or was taken back before. */
    ask(answer: Answer | undefined): void {
      if (answer === undefined || answer.undoneAt !== null) return
      modals.openConfirmModal({
        title: `Take back what was made of the answer from ${nameOf(answer)}?`,
        children: <Text size="sm">{undoText(answer)}</Text>,
        labels: { confirm: 'Take it back', cancel: 'Keep it' },
        onConfirm: () =>
          undo.mutate(
            { incomingId: answer.id },
            {
              onSuccess: () => showNote(`What was made of the answer from ${nameOf(answer)} is taken back.`),
            },
          ),
      })
    },
  }
}

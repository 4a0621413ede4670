import { Modal, Skeleton } from '@mantine/core'
import { useEffect, type ReactNode } from 'react'
import { ErrorPanel } from './ErrorPanel.tsx'

interface Props {
  /** Whose mail it is. */
  readonly name: string
  /** Why there is nothing to write over; null: there is, or it is on its way. */
  readonly error: unknown
  /** The rep has begun to change it: it is closed by its buttons only, so that no slip loses the words. */
  readonly hasTyped: boolean
  readonly onClose: () => void
  /** Null: it is on its way. */
  readonly children: ReactNode
}

/** The mail to one lead, to write over before it is queued. */
export function EditMailModal({ name, error, hasTyped, onClose, children }: Props) {
  useFocusBack()
  return (
    <Modal
      opened
      onClose={onClose}
      title={`The mail to ${name}`}
      size="xl"
      withCloseButton={error !== null}
      closeButtonProps={{ 'aria-label': 'Close' }}
      closeOnEscape={!hasTyped}
      closeOnClickOutside={false}
    >
      {children ??
        (error === null ? <Skeleton h={320} /> : <ErrorPanel error={error} title="This mail cannot be changed" />)}
    </Modal>
  )
}

/** It goes as a whole when it is closed, so that nothing else gives the focus back. */
function useFocusBack(): void {
  useEffect(() => {
    const before = document.activeElement
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [])
}

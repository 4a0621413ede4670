import { AppShell, Burger, Group, Modal, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Link, Outlet } from '@tanstack/react-router'
import { useConnection } from '../api/hooks.ts'
import { ShortcutSheet } from '../features/settings/ShortcutSheet.tsx'
import { Banners } from './Banners.tsx'
import { DroppedFileContext } from '../ui/dropped-file.ts'
import { DropOverlay } from './DropOverlay.tsx'
import { FindButton } from './FindButton.tsx'
import { NavLinks } from './NavLinks.tsx'
import { Palette } from './Palette.tsx'
import { StateStrip } from './StateStrip.tsx'
import { useAppKeys } from './use-app-keys.ts'
import { useNotesOfBrowser } from './use-browser-notes.ts'
import { useAppStatus } from './use-app-status.ts'
import { useFileDrop } from './use-file-drop.ts'
import { useKeptFocus } from './use-kept-focus.ts'
import { usePaletteCommands } from './use-palette-commands.ts'
import { usePalette } from './use-palette.ts'

/** The frame around every page: where one can go, what Pacemail is doing, and the button that stops it. */
export function Layout() {
  const [isOpen, nav] = useDisclosure(false)
  const view = useAppStatus()
  const connection = useConnection()
  const [isSheetOpen, sheet] = useDisclosure(false)
  const palette = usePalette()
  const commands = usePaletteCommands(view, sheet.open)
  useAppKeys(view, sheet.open)
  useKeptFocus()
  const { isOver, dropped } = useFileDrop()
  useNotesOfBrowser(view)

  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding="lg"
    >
      <AppShell.Header className="header">
        <a className="skip-link" href="#main" onClick={skipToMain}>
          Skip to the page
        </a>
        <Group h="100%" px="md" gap="md" wrap="nowrap" justify="space-between">
          <Group gap="xs" wrap="nowrap">
            <Burger opened={isOpen} onClick={nav.toggle} hiddenFrom="sm" size="sm" aria-label="Navigation" />
            <Text component={Link} to="/" className="wordmark" fw={700} visibleFrom="sm">
              Pacemail
            </Text>
          </Group>
          <FindButton onOpen={palette.open} />
          <StateStrip view={view} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar
        p="xs"
        className="navbar"
        data-shut={isOpen ? undefined : true}
        component="nav"
        aria-label="Pages"
      >
        <NavLinks onGo={nav.close} view={view} />
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1}>
        <Banners view={view} isLost={connection === 'lost'} />
        <DroppedFileContext value={dropped}>
          <Outlet />
        </DroppedFileContext>
      </AppShell.Main>
      {isOver ? <DropOverlay /> : null}
      <Palette isOpen={palette.isOpen} commands={commands} onClose={palette.close} />
      <Modal opened={isSheetOpen} onClose={sheet.close} title="Keyboard shortcuts" size="lg">
        <ShortcutSheet />
      </Modal>
    </AppShell>
  )
}

/** The address after `#` belongs to the router, so the jump is made by hand. */
function skipToMain(event: { preventDefault(): void }): void {
  event.preventDefault()
  document.querySelector<HTMLElement>('#main')?.focus()
}

import { Button, Drawer, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { History } from 'lucide-react'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { CampaignPanel } from './CampaignPanel.tsx'
import { useCampaigns } from './use-dispatch.ts'

/** What was dispatched before, newest first. */
export function RecentCampaigns() {
  const [isOpen, { open, close }] = useDisclosure(false)
  const campaigns = useCampaigns()
  return (
    <>
      <Button variant="default" leftSection={<History size={16} aria-hidden />} onClick={open}>
        Recent campaigns
      </Button>
      <Drawer
        opened={isOpen}
        onClose={close}
        position="right"
        size="lg"
        title="Recent campaigns"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {campaigns.data === undefined ? (
          campaigns.error === null ? null : (
            <ErrorPanel error={campaigns.error} onRetry={() => campaigns.refetch()} />
          )
        ) : campaigns.data.length === 0 ? (
          <Text size="sm" c="dimmed">
            Nothing was dispatched yet. Each press of “Dispatch all” makes a campaign, and it is listed here.
          </Text>
        ) : (
          <Stack gap="sm" onClick={(event) => closeOnLink(event.target, close)}>
            {campaigns.data.map((campaign) => (
              <CampaignPanel key={campaign.id} campaign={campaign} size="sm" />
            ))}
          </Stack>
        )}
      </Drawer>
    </>
  )
}

/** A link leads to another place; the drawer must not lie over it. */
function closeOnLink(target: EventTarget, close: () => void): void {
  if (target instanceof Element && target.closest('a') !== null) close()
}

import { Button, Menu } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useOpenCampaigns } from './use-open-campaigns.ts'

interface Props {
  readonly isDisabled: boolean
  /** Null: one that is yet to be written. */
  readonly onChoose: (campaignId: number | null) => void
}

/** Which campaign the chosen leads are to join. */
export function AddToCampaign({ isDisabled, onChoose }: Props) {
  const campaigns = useOpenCampaigns()
  return (
    <Menu shadow="md" position="top-start">
      <Menu.Target>
        <Button size="xs" variant="default" disabled={isDisabled}>
          Campaign…
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="20rem" style={{ overflowY: 'auto' }}>
        <Menu.Item leftSection={<Plus size={14} aria-hidden />} onClick={() => onChoose(null)}>
          New campaign
        </Menu.Item>
        {campaigns.map(({ id, name }) => (
          <Menu.Item key={id} onClick={() => onChoose(id)}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

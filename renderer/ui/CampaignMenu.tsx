import { Button, Menu } from '@mantine/core'
import { Plus } from 'lucide-react'

interface Props {
  readonly label: string
  readonly campaigns: readonly { readonly id: number; readonly name: string }[]
  readonly size?: 'xs' | 'sm'
  readonly isDisabled?: boolean
  /** Null: one that is yet to be written. */
  readonly onChoose: (campaignId: number | null) => void
}

/** Which campaign somebody is to join. */
export function CampaignMenu({ label, campaigns, size = 'sm', isDisabled = false, onChoose }: Props) {
  return (
    <Menu shadow="md" position="top-start">
      <Menu.Target>
        <Button size={size} variant="default" disabled={isDisabled}>
          {label}
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

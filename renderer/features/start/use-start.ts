import { useApi, useCall } from '../../api/hooks.ts'

export function useStart() {
  const { data } = useApi('app.status', {})
  const samples = useCall('app.addSamples')
  return {
    isKnown: data !== undefined,
    isFirstStart: data?.isFirstStart ?? false,
    isAdding: samples.isPending,
    addSamples: (done: () => void) => samples.mutate({}, { onSuccess: done }),
  }
}

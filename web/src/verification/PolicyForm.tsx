import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId } from 'react'
import { answer, api, type Schemas } from '../api/client'
import { Button } from '../ui/Button'
import css from './PolicyForm.module.css'

type Policy = Schemas['VerificationPolicy']

/**
 * Whether and how much of an experiment is replayed without being asked; nothing where the server
 * does not do that at all.
 */
export function PolicyForm({ experiment }: { experiment: string }) {
  const path = { experiment }
  const queryKey = ['experiments', experiment, 'verification']
  const client = useQueryClient()
  const { data: policy } = useQuery({
    queryKey,
    queryFn: () =>
      answer(api.GET('/api/experiments/{experiment}/verification', { params: { path } })),
    retry: false,
  })
  const save = useMutation({
    mutationFn: (body: Policy) =>
      answer(api.PUT('/api/experiments/{experiment}/verification', { params: { path }, body })),
    onSettled: () => client.invalidateQueries({ queryKey }),
  })
  if (!policy) return null
  return (
    <details className={css.policy}>
      <summary>
        Verified in the background: <strong>{inWords(policy)}</strong>
      </summary>
      <form
        key={JSON.stringify(policy)}
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate(policyIn(event))
        }}
      >
        <label className={css.tick}>
          <input type="checkbox" name="enabled" defaultChecked={policy.enabled} />
          Replay runs of {experiment} when no kernel is at work
        </label>
        <Amount name="minutesPerDay" most={1440} value={policy.minutesPerDay}>
          minutes a day at most
        </Amount>
        <Amount name="days" most={3653} value={policy.days}>
          days old at most
        </Amount>
        <Button type="submit" disabled={save.isPending}>
          Save
        </Button>
        <p role="status">
          {save.error ? save.error.message : save.isSuccess ? 'Saved.' : undefined}
        </p>
      </form>
    </details>
  )
}

function Amount({
  name,
  most,
  value,
  children,
}: {
  name: keyof Policy
  most: number
  value: number
  children: string
}) {
  const id = useId()
  return (
    <span className={css.amount}>
      <input id={id} type="number" name={name} min={1} max={most} required defaultValue={value} />
      <label htmlFor={id}>{children}</label>
    </span>
  )
}

function policyIn(event: FormEvent<HTMLFormElement>): Policy {
  const fields = new FormData(event.currentTarget)
  return {
    enabled: fields.has('enabled'),
    minutesPerDay: Number(fields.get('minutesPerDay')),
    days: Number(fields.get('days')),
  }
}

function inWords({ enabled, minutesPerDay, days }: Policy): string {
  return enabled ? `${minutesPerDay} min a day, runs of the last ${days} days` : 'off'
}

# Policy "tenant-{{tenant_id}}": the secrets and the encryption key of one tenant, and nothing of any other.
#
# One segment, not "*": behind that a path could climb out again. Policies compare paths as they are asked for, while version 2 of
# the key/value store tidies them up: with "*", writing to <own tenant>/%2e%2e/<other tenant>/x replaced the other's secret.
path "kv/data/tenants/{{tenant_id}}/broker-credentials/+" {
  capabilities = ["create", "read", "update"]
}

# With "create" the first encryption makes the key (AES-256-GCM).
path "transit/encrypt/tenant-{{tenant_id}}" {
  capabilities = ["create", "update"]
}

path "transit/decrypt/tenant-{{tenant_id}}" {
  capabilities = ["update"]
}

# Policy "tenant-{{tenant_id}}": the secrets and the encryption key of one tenant, and nothing of any other.
path "kv/data/tenants/{{tenant_id}}/*" {
  capabilities = ["create", "read", "update"]
}

# With "create" the first encryption makes the key (AES-256-GCM).
path "transit/encrypt/tenant-{{tenant_id}}" {
  capabilities = ["create", "update"]
}

path "transit/decrypt/tenant-{{tenant_id}}" {
  capabilities = ["update"]
}

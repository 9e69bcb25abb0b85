# Policy of the AppRole "alphapulse": what the service itself may do in Vault. It reads no tenant's secret: for that it
# gets, per tenant, a child token that carries only that tenant's policy (tenant.hcl).

# The key pair that signs sessions.
path "kv/data/service/jwt" {
  capabilities = ["read"]
}

# Child tokens, only through the token role "tenant" (tenant-token-role.json), which allows policies tenant-* alone.
path "auth/token/create/tenant" {
  capabilities = ["update"]
}

path "auth/token/renew-self" {
  capabilities = ["update"]
}

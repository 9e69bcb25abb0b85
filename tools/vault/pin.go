//go:build pin

// Package pin names Vault so that go.mod and go.sum pin it and everything it needs; it is never compiled.
package pin

import _ "github.com/hashicorp/vault"

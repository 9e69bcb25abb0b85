//go:build pin

// Package pin names k6 so that go.mod and go.sum pin it and everything it needs; it is never compiled.
package pin

import _ "go.k6.io/k6/v2"

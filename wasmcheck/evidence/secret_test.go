package evidence_test

import (
	"strings"
	"testing"

	"sslclinic/wasmcheck/api"
	"sslclinic/wasmcheck/evidence"
)

// hidden holds that of a paste nothing that is a secret is told or copied, and that what is none stays.
func hidden(t *testing.T, paste string, secrets, stays []string) {
	t.Helper()
	masked := evidence.Mask(paste)
	raw := string(api.Read(paste, "2026-11-28"))
	for _, s := range secrets {
		if strings.Contains(masked, s) || strings.Contains(raw, s) {
			t.Errorf("%q: %q is told: %q", paste, s, masked)
		}
	}
	for _, s := range stays {
		if !strings.Contains(masked, s) {
			t.Errorf("%q: %q is gone: %q", paste, s, masked)
		}
	}
	if len(secrets) > 0 && !strings.Contains(raw, `"secrets":[{`) {
		t.Errorf("%q: no secret is noted", paste)
	}
}

// TestALineOfAnEnvironmentIsMaskedHoweverLong: with its name it may have no byte that base 64 has not.
func TestALineOfAnEnvironmentIsMaskedHoweverLong(t *testing.T) {
	for _, name := range []string{"WORDPRESS_DB_PASSWORD", "CLOUDFLARE_API_TOKEN", "GITHUB_TOKEN", "NPM_TOKEN", "CF_Token", "CF_Key", "DB_PASSWORD", "TS_AUTHKEY", "APP_SECRET", "MYSQL_ROOT_PASSWORD"} {
		for _, value := range []string{"Q7x9", "Q7x9fK2mLpZ0aVbWc3dE", "Q7x9fK2mLpZ0aVbWc3dEQ7x9fK2mLpZ0aVbWc3dE", "correct-horse-battery-staple-hunter2-99", "Q7x9fK2mLpZ0aVbWc3dEQ7x9fK2mLpZ0aVbWc3d=", "Q7x9+K2m/pZ0aVbWc3dEQ7x9fK2mLpZ0aVbWc3==", "Q7x9&K2m;pZ0,Vb)Wc3d}E"} {
			for _, before := range []string{"", "export ", "  ", "- ", "APP=shop\n"} {
				hidden(t, before+name+"="+value, []string{value, value[len(value)-3:]}, []string{before + name + "="})
			}
		}
	}
	for _, line := range []string{"SITE=aHR0cHM6Ly9leGFtcGxlLmNvbS9hYm91dC91cw", strings.Repeat("aHR0cHM6", 8) + "==", "PATH=a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u/v"} {
		hidden(t, line, nil, []string{line})
	}
}

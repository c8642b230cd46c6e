package diagnose

// Causes are the ids of all causes that can be named, [SomethingElse] last. The caller must not change them.
func (e *Engine) Causes() []string { return e.causes }

package serve

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"time"
)

// Windows has numbers of its own for what happens to sockets, and package
// syscall calls only the other systems' EADDRINUSE and EADDRNOTAVAIL so.
const (
	wsaeaddrinuse    = syscall.Errno(10048)
	wsaeaddrnotavail = syscall.Errno(10049)
)

// Listen opens the address of the preview, host:port; port 0 is any free one.
// Its errors are for the person who typed the address.
func Listen(ctx context.Context, addr string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("-addr %q is not host:port, such as localhost:8525", addr)
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return nil, fmt.Errorf("-addr %q: the port is a number from 0 to 65535", addr)
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	var lookup *net.DNSError
	switch {
	case err == nil:
		return listener, nil
	case errors.Is(err, syscall.EADDRINUSE), errors.Is(err, wsaeaddrinuse):
		return nil, fmt.Errorf("port %s is in use; choose another with -addr, such as %s, any free one", port, net.JoinHostPort(host, "0"))
	case errors.Is(err, fs.ErrPermission):
		return nil, fmt.Errorf("port %s is not for everybody; choose one above 1023 with -addr", port)
	case errors.Is(err, syscall.EADDRNOTAVAIL), errors.Is(err, wsaeaddrnotavail), errors.As(err, &lookup):
		return nil, fmt.Errorf("-addr %q: %q is no address of this machine; localhost is", addr, host)
	}
	return nil, fmt.Errorf("-addr %q: %w", addr, err)
}

// URL is where the site is found when the server is on that listener.
func (s *Server) URL(listener net.Listener) string {
	host, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		return listener.Addr().String()
	}
	switch host {
	case "127.0.0.1", "::1", "0.0.0.0", "::":
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port) + s.base()
}

// Serve answers on the listener until ctx ends, which is not an error, and
// closes it. Event streams end with ctx; other answers get half a second.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler:           s.Handler(),
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ReadHeaderTimeout: 10 * time.Second,
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 500*time.Millisecond)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return server.Close()
	}
	return nil
}

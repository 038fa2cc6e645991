// The program of the test images. It is an HTTP server, whose faults are chosen by its environment:
//
//	VERSION           what it answers with, in the header X-Version too, and the pod that answered
//	PORT              8080 if not given
//	CRASH=1           it ends at once with status 3
//	READY_AFTER=3s    /ready and /health answer 503 before; "never" is possible
//	FAIL_AFTER=3s     from then on /ready and /health answer 503
//	EXIT_AFTER=3s     it ends then, with EXIT_STATUS (0 if not given): a Job
//	EAT_AFTER=1s      from then on it uses more and more memory
//	DRAIN=3s          how long it serves after SIGTERM; without it, it ends at once and cuts what is under way
//
// "app pause" only waits for SIGTERM: the process that keeps a pod's namespaces.
// "app ask URL" prints what is answered there, from inside a pod.
// "app migrate" applies what MIGRATIONS has to the PostgreSQL of DATABASE_URL, and "app pending" prints what of it is not
// applied (migrate.go).
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"
)

func main() {
	terminated := make(chan os.Signal, 1)
	signal.Notify(terminated, syscall.SIGTERM, syscall.SIGINT)
	if len(os.Args) > 1 && os.Args[1] == "pause" {
		<-terminated
		return
	}
	if len(os.Args) > 2 && os.Args[1] == "ask" {
		ask(os.Args[2])
		return
	}
	if len(os.Args) > 1 && (os.Args[1] == "migrate" || os.Args[1] == "pending") {
		go func() {
			<-terminated
			os.Exit(143)
		}()
		if os.Args[1] == "migrate" {
			migrate()
		} else {
			printPending()
		}
		return
	}
	version := or("VERSION", "none")
	fmt.Printf("version %s starts\n", version)
	if os.Getenv("CRASH") != "" {
		fmt.Fprintf(os.Stderr, "version %s crashes at its start\n", version)
		os.Exit(3)
	}
	if after := os.Getenv("EXIT_AFTER"); after != "" {
		time.AfterFunc(duration("EXIT_AFTER"), func() {
			status, err := strconv.Atoi(or("EXIT_STATUS", "0"))
			check(err)
			fmt.Printf("version %s ends with status %d\n", version, status)
			os.Exit(status)
		})
	}
	if os.Getenv("EAT_AFTER") != "" {
		time.AfterFunc(duration("EAT_AFTER"), eat)
	}
	serve(version, terminated)
}

// eat uses 50 MB a second, 1 GB at most.
func eat() {
	fmt.Println("eats memory")
	var eaten [][]byte
	for len(eaten) < 1000 {
		piece := make([]byte, 1<<20)
		for i := range piece {
			piece[i] = 1
		}
		eaten = append(eaten, piece)
		time.Sleep(20 * time.Millisecond)
	}
}

func ask(url string) {
	client := &http.Client{Timeout: 5 * time.Second}
	response, err := client.Get(url)
	check(err)
	_, err = io.Copy(os.Stdout, response.Body)
	check(err)
}

func serve(version string, terminated <-chan os.Signal) {
	started, pod := time.Now(), os.Getenv("HOSTNAME")
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Version", version)
		fmt.Fprintf(w, "%s %s\n", version, pod)
	})
	ready := func(w http.ResponseWriter, _ *http.Request) {
		passed := time.Since(started)
		early := os.Getenv("READY_AFTER") == "never" || passed < duration("READY_AFTER")
		late := os.Getenv("FAIL_AFTER") != "" && passed >= duration("FAIL_AFTER")
		if early || late {
			http.Error(w, fmt.Sprintf("version %s is not ready", version), http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ready")
	}
	http.HandleFunc("/ready", ready)
	http.HandleFunc("/health", ready)

	server := &http.Server{Addr: ":" + or("PORT", "8080")}
	ended := make(chan error, 1)
	go func() { ended <- server.ListenAndServe() }()
	select {
	case err := <-ended:
		check(err)
	case <-terminated:
		if os.Getenv("DRAIN") == "" {
			return
		}
		time.Sleep(duration("DRAIN"))
		check(server.Shutdown(context.Background()))
		if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
			check(err)
		}
	}
}

func or(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}

func duration(name string) time.Duration {
	value := os.Getenv(name)
	if value == "" || value == "never" {
		return 0
	}
	parsed, err := time.ParseDuration(value)
	check(err)
	return parsed
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

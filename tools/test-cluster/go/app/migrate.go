package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"strings"
)

// A migration of MIGRATIONS, which has one a line: `NAME=SQL`. One that begins with `--` is no transaction: each of its
// statements, which ` ;; ` separates, is one of its own.
type migration struct{ name, sql string }

func migrations() []migration {
	var all []migration
	for _, line := range strings.Split(strings.TrimSpace(os.Getenv("MIGRATIONS")), "\n") {
		name, sql, _ := strings.Cut(line, "=")
		all = append(all, migration{name, sql})
	}
	return all
}

// pending returns those that the history does not have.
func pending(db *database) []migration {
	db.must("create table if not exists app_history (name text primary key)")
	applied := map[string]bool{}
	for _, name := range db.must("select name from app_history") {
		applied[name] = true
	}
	var open []migration
	for _, one := range migrations() {
		if !applied[one.name] {
			open = append(open, one)
		}
	}
	return open
}

func printPending() {
	for _, one := range pending(openDatabase()) {
		fmt.Println(one.name)
	}
}

func migrate() {
	db := openDatabase()
	for _, one := range pending(db) {
		fmt.Printf("applying %s\n", one.name)
		record := fmt.Sprintf("insert into app_history values ('%s')", one.name)
		if statements, ok := strings.CutPrefix(one.sql, "--"); ok {
			for _, statement := range strings.Split(statements, " ;; ") {
				db.must(statement)
			}
			db.must(record)
		} else {
			db.must("begin")
			db.must(one.sql)
			db.must(record)
			db.must("commit")
		}
		fmt.Printf("applied %s\n", one.name)
	}
}

// A connection to a PostgreSQL that asks for no password.
type database struct{ net.Conn }

func openDatabase() *database {
	address, err := url.Parse(os.Getenv("DATABASE_URL"))
	check(err)
	connection, err := net.Dial("tcp", address.Host)
	check(err)
	var body bytes.Buffer
	check(binary.Write(&body, binary.BigEndian, uint32(3<<16)))
	for _, word := range []string{"user", address.User.Username(), "database", strings.TrimPrefix(address.Path, "/"), ""} {
		body.WriteString(word + "\x00")
	}
	db := &database{connection}
	db.send(nil, body.Bytes())
	_, err = db.answer()
	check(err)
	return db
}

func (db *database) send(kind []byte, body []byte) {
	message := binary.BigEndian.AppendUint32(kind, uint32(len(body)+4))
	_, err := db.Write(append(message, body...))
	check(err)
}

// must runs a query and returns the first column of its rows. What the server refuses ends the program, and it says how
// it was reached, as careless tools do.
func (db *database) must(sql string) []string {
	db.send([]byte{'Q'}, []byte(sql+"\x00"))
	rows, err := db.answer()
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", os.Getenv("DATABASE_URL"), err)
		os.Exit(1)
	}
	return rows
}

// answer reads until the server is ready for the next query.
func (db *database) answer() (rows []string, refused error) {
	for {
		head := make([]byte, 5)
		if _, err := io.ReadFull(db, head); err != nil {
			return nil, err
		}
		body := make([]byte, binary.BigEndian.Uint32(head[1:])-4)
		if _, err := io.ReadFull(db, body); err != nil {
			return nil, err
		}
		switch head[0] {
		case 'D':
			length := binary.BigEndian.Uint32(body[2:])
			rows = append(rows, string(body[6:6+length]))
		case 'E':
			refused = errors.New(messageIn(body))
		case 'Z':
			return rows, refused
		}
	}
}

// messageIn returns the text of an error: its fields are a letter and a text each.
func messageIn(body []byte) string {
	for _, field := range bytes.Split(body, []byte{0}) {
		if len(field) > 0 && field[0] == 'M' {
			return string(field[1:])
		}
	}
	return "refused"
}

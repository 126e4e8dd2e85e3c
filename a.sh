#!/bin/sh
# dataward: allow(unguarded-database-wipe)
dropdb shop

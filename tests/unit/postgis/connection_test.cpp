#include "postgis/connection.hpp"

#include <doctest/doctest.h>

using namespace kharita;

TEST_CASE("is_server: by the beginning of the location") {
    CHECK(postgis::is_server("postgresql://localhost/events"));
    CHECK(postgis::is_server("postgres://analyst@db.example.org:5433/events?sslmode=require"));
    CHECK_FALSE(postgis::is_server("postgresql"));
    CHECK_FALSE(postgis::is_server("./postgresql://x"));
    CHECK_FALSE(postgis::is_server("events.sqlite"));
    CHECK_FALSE(postgis::is_server(""));
}

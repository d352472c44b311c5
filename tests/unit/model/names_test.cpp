#include "model/names.hpp"

#include <doctest/doctest.h>

using namespace kharita;

TEST_CASE("names: every enumerator comes back from its name") {
    for (Role const role :
         {Role::event, Role::scope, Role::origin, Role::heading, Role::metonym, Role::other}) {
        CHECK(parse_name<Role>(name_of(role)) == role);
    }
    CHECK(name_of(Modality::threatened) == "threatened");
    CHECK(name_of(ZoneStatus::in_force) == "in_force");
    CHECK(name_of(Correction::Kind::remove) == "delete");
    CHECK_FALSE(parse_name<Modality>("maybe").has_value());
}

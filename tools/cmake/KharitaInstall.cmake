include(CMakePackageConfigHelpers)

# kharita::kharita: every module behind one name.
get_property(modules GLOBAL PROPERTY KHARITA_MODULES)
add_library(kharita_all INTERFACE)
add_library(kharita::kharita ALIAS kharita_all)
set_target_properties(kharita_all PROPERTIES EXPORT_NAME kharita)
target_link_libraries(kharita_all INTERFACE ${modules})

install(TARGETS ${modules} kharita_all kharita_flags kharita_protozero EXPORT kharitaTargets
    FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/kharita)
install(EXPORT kharitaTargets NAMESPACE kharita:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/kharita)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/kharitaConfig.cmake.in
    ${PROJECT_BINARY_DIR}/kharitaConfig.cmake INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/kharita)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/kharitaConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/kharitaConfig.cmake ${PROJECT_BINARY_DIR}/kharitaConfigVersion.cmake
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/kharita)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/gazetteer ${PROJECT_SOURCE_DIR}/schemas
    DESTINATION ${CMAKE_INSTALL_DATADIR}/kharita)
install(FILES ${PROJECT_BINARY_DIR}/share/kharita/gazetteer.kgaz DESTINATION ${CMAKE_INSTALL_DATADIR}/kharita)

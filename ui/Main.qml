pragma ComponentBehavior: Bound

import QtQuick
import HallKiosk
import "components"

// The kiosk's window: header, the screen of the visit's stage, footer, and what lies over them.
Window {
    id: window

    required property KioskViewModel kiosk
    property bool animated: true
    readonly property Item screenItem: loader.item as Item
    readonly property bool portrait: height > width

    color: Theme.background
    title: kiosk.hallName

    Binding {
        target: Theme
        property: "portrait"
        value: window.portrait
    }
    Binding {
        target: Theme
        property: "animated"
        value: window.animated
    }
    Binding {
        target: Theme
        property: "language"
        value: window.kiosk.language
    }
    Binding {
        target: Theme
        property: "rightToLeft"
        value: window.kiosk.rightToLeft
    }

    // The screens are laid out for 1080 or 1920 logical pixels across, whatever the window has.
    Item {
        id: stage

        width: window.portrait ? 1080 : 1920
        height: window.height / scale
        scale: window.width / width
        transformOrigin: Item.TopLeft

        LayoutMirroring.enabled: window.kiosk.rightToLeft
        LayoutMirroring.childrenInherit: true

        PointHandler {
            onActiveChanged: if (active && window.kiosk.countdownSeconds === 0) window.kiosk.touched()
        }

        Header {
            id: header

            width: parent.width
            height: implicitHeight
            kiosk: window.kiosk
            onLanguagesAsked: languageSheet.active = true
        }
        Loader {
            id: loader

            y: header.height
            width: parent.width
            height: parent.height - header.height - footer.height

            function load(): void {
                setSource("screens/" + window.kiosk.screen + ".qml", {
                    kiosk: window.kiosk
                });
            }
            Component.onCompleted: load()

            Connections {
                target: window.kiosk
                function onReplaced(): void {
                    languageSheet.active = false;
                    loader.load();
                }
            }
        }
        // There is only one, since the window outlives its screens: what it showed must not be left
        // in the memory with a screen that is gone.
        CameraPreview {
            readonly property CameraScreen host: loader.item as CameraScreen

            parent: host?.cameraPlace ?? stage
            anchors.fill: parent
            visible: running && live
            running: host?.cameraWanted ?? false
            kiosk: window.kiosk
        }
        Footer {
            id: footer

            y: parent.height - height
            width: parent.width
            height: implicitHeight
            kiosk: window.kiosk
            onLanguagesAsked: languageSheet.active = true
        }
        Loader {
            anchors.fill: parent
            active: window.kiosk.countdownSeconds > 0
            sourceComponent: StillThere {
                kiosk: window.kiosk
            }
        }
        Loader {
            id: languageSheet

            anchors.fill: parent
            active: false
            sourceComponent: LanguageSheet {
                kiosk: window.kiosk
                onClosed: languageSheet.active = false
            }
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HallKiosk

// All languages over the screen, where there are too many for the bar.
Rectangle {
    id: root

    required property KioskViewModel kiosk
    signal closed

    color: Theme.shade

    // It takes the touch for itself, so that nothing below it is pressed.
    TapHandler {
        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: root.closed()
    }

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        y: Theme.portrait ? parent.height - height - 200 : (parent.height - height) / 2
        width: Theme.portrait ? parent.width - 2 * Theme.margin : 1200
        height: grid.implicitHeight + 128
        radius: 40
        color: Theme.surface

        GridLayout {
            id: grid

            x: 64
            y: 64
            width: parent.width - 128
            columns: Theme.portrait ? 2 : 3
            columnSpacing: Theme.gap
            rowSpacing: Theme.gap
            uniformCellWidths: true

            Repeater {
                model: root.kiosk.languages
                LanguageTile {
                    required property string tag
                    required property string name
                    objectName: "sheet-" + tag
                    Layout.fillWidth: true
                    Layout.preferredHeight: Theme.touch
                    title: name
                    languageTag: tag
                    onTapped: {
                        root.kiosk.languageChosen(tag);
                        root.closed();
                    }
                }
            }
        }
    }
}

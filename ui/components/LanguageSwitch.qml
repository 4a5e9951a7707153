pragma ComponentBehavior: Bound

import QtQuick
import HallKiosk

// Up to three languages side by side; with more, one button that asks for the list of them.
Row {
    id: root

    required property KioskViewModel kiosk
    property bool onDark: false
    readonly property bool few: kiosk.languages.count <= 3
    signal moreAsked

    spacing: 0

    Repeater {
        model: root.few ? root.kiosk.languages : null

        Rectangle {
            id: choice

            required property string tag
            required property string name
            required property int index
            readonly property bool current: root.kiosk.language === tag
            readonly property bool isTouchTarget: true

            objectName: "language-" + tag
            width: Math.max(150, label.implicitWidth + 56)
            height: Theme.portrait ? 112 : 96
            radius: 20
            color: current ? (root.onDark ? Theme.onDark : Theme.primary) : (root.onDark ? Theme.navy : Theme.surface)
            border.width: 3
            border.color: root.onDark ? Theme.onDarkSoft : Theme.primary

            Accessible.role: Accessible.RadioButton
            Accessible.name: name
            Accessible.checked: current
            Accessible.onPressAction: root.kiosk.languageChosen(tag)

            Column {
                anchors.centerIn: parent
                spacing: 2

                Label {
                    id: label
                    anchors.horizontalCenter: parent.horizontalCenter
                    text: choice.name
                    // The name is in its own language, whatever that of the screen is.
                    font.family: choice.tag.startsWith("zh") ? "Noto Sans CJK SC" : "Noto Sans"
                    font.pixelSize: 36
                    font.bold: choice.current
                    lineHeight: 1
                    color: choice.current === root.onDark ? Theme.primary : (root.onDark ? Theme.onDark : choice.current ? Theme.onDark : Theme.primary)
                }
                Rectangle {
                    anchors.horizontalCenter: parent.horizontalCenter
                    visible: choice.current
                    width: label.width
                    height: 4
                    radius: 2
                    color: label.color
                }
            }

            TapHandler {
                gesturePolicy: TapHandler.ReleaseWithinBounds
                onTapped: root.kiosk.languageChosen(choice.tag)
            }
        }
    }

    KioskButton {
        visible: !root.few
        objectName: "languages"
        height: Theme.portrait ? 112 : 96
        kind: KioskButton.Quiet
        icon: Icons.globe
        text: qsTr("Language")
        onTapped: root.moreAsked()
    }
}
